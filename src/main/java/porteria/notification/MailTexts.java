package porteria.notification;

import freemarker.cache.ClassTemplateLoader;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Our own words for mail: {@code messages/<template>_<language>.ftl}, whose first line is the
 * subject and whose rest the plain text, and {@code .ftlh} for the HTML, which escapes by itself.
 * Reads from the class path: not for event loops.
 */
final class MailTexts {

  /** A mail in one language. */
  record Mail(String subject, String text, String html) {}

  private final Configuration templates;

  MailTexts() {
    templates = new Configuration(Configuration.VERSION_2_3_34);
    templates.setTemplateLoader(
        new ClassTemplateLoader(MailTexts.class.getClassLoader(), "messages"));
    templates.setDefaultEncoding("UTF-8");
    templates.setLocalizedLookup(false);
    templates.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
    templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    templates.setLogTemplateExceptions(false);
  }

  /**
   * @param unsubscribe where whoever reads it can stop such mail
   * @throws IllegalArgumentException when there are no words for this template and language
   */
  Mail compose(ClaimedMessage message, Optional<String> unsubscribe) {
    String name = message.template() + "_" + message.language();
    ClaimedMessage.Facts facts = message.facts();
    Map<String, String> model = new HashMap<>();
    unsubscribe.ifPresent(link -> model.put("unsubscribe", link));
    model.putAll(
        Map.of(
            "student", facts.student(),
            "guardian", facts.student(),
            "time", facts.time(),
            "gate", facts.gate(),
            "entry", facts.gate(),
            "link", facts.gate(),
            "school", facts.school()));
    try {
      String plain = render(name + ".ftl", model);
      int firstLine = plain.indexOf('\n');
      return new Mail(
          plain.substring(0, firstLine),
          plain.substring(firstLine + 1).strip() + "\n",
          render(name + ".ftlh", model));
    } catch (IOException | TemplateException e) {
      throw new IllegalArgumentException("no words for " + name, e);
    }
  }

  private String render(String name, Map<String, String> model)
      throws IOException, TemplateException {
    Template template = templates.getTemplate(name);
    StringWriter text = new StringWriter();
    template.process(model, text);
    return text.toString();
  }
}
