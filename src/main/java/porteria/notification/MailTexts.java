package porteria.notification;

import freemarker.cache.ClassTemplateLoader;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import porteria.domain.MessageTemplate;

/**
 * Makes mails: one frame for all, {@code messages/mail.ftlh} and {@code mail.ftl}, which say the
 * same, filled with {@link MessageWords}. Renders for milliseconds: not for event loops that serve
 * kiosks.
 */
final class MailTexts {

  /** A mail in one language. */
  record Mail(String subject, String text, String html) {}

  private final MessageWords words;
  private final Configuration frames;

  MailTexts(MessageWords words) {
    this.words = words;
    frames = new Configuration(Configuration.VERSION_2_3_34);
    frames.setTemplateLoader(new ClassTemplateLoader(MailTexts.class.getClassLoader(), "messages"));
    frames.setDefaultEncoding("UTF-8");
    frames.setLocalizedLookup(false);
    frames.setRecognizeStandardFileExtensions(true);
    frames.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
    frames.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    frames.setLogTemplateExceptions(false);
  }

  /**
   * The mail of a message.
   *
   * @param unsubscribe where its reader may stop such mails
   * @throws IllegalArgumentException when there are no words for this template and language
   */
  Mail compose(ClaimedMessage message, SchoolLook look, Optional<String> unsubscribe) {
    return compose(message.template(), message.language(), message.facts(), look, unsubscribe);
  }

  /** The same, of a message that nobody is owed. */
  Mail compose(
      String template,
      String language,
      ClaimedMessage.Facts facts,
      SchoolLook look,
      Optional<String> unsubscribe) {
    Map<String, String> told = new HashMap<>(facts.values());
    told.put("school", look.name());
    Wording wording = new Wording(template, language, Map.copyOf(told));
    Map<String, Object> model = wording.model();
    model.put("school", Map.of("name", look.name(), "color", look.color()));
    look.phone()
        .ifPresent(
            number ->
                model.put(
                    "phone",
                    Map.of(
                        "label", wording.common("phone"),
                        "number", number,
                        "dial", SchoolLook.dial(number))));
    unsubscribe.ifPresent(
        url -> model.put("stop", Map.of("url", url, "label", wording.common("footer.stop"))));
    return new Mail(wording.own("subject"), render("mail.ftl", model), render("mail.ftlh", model));
  }

  private String render(String name, Map<String, Object> model) {
    StringWriter text = new StringWriter();
    try {
      frames.getTemplate(name).process(model, text);
    } catch (IOException | TemplateException e) {
      throw new IllegalArgumentException("the frame " + name + " cannot be filled", e);
    }
    return text.toString();
  }

  /** The words of one message. */
  private final class Wording {

    private final String template;
    private final String language;
    private final Map<String, String> facts;

    Wording(String template, String language, Map<String, String> facts) {
      this.template = template;
      this.language = language;
      this.facts = facts;
    }

    String own(String part) {
      return common(template + "." + part);
    }

    String common(String key) {
      return MessageWords.filled(words.text(language, key), facts);
    }

    Optional<String> perhaps(String part) {
      return words
          .find(language, template + "." + part)
          .map(text -> MessageWords.filled(text, facts));
    }

    Map<String, Object> model() {
      Map<String, Object> model = new HashMap<>();
      model.put("language", language);
      for (String part : List.of("subject", "kind", "title", "sentence")) {
        model.put(part, own(part));
      }
      Tone tone = Tone.of(template);
      model.put("tone", tone.name);
      model.put("toneColor", tone.color);
      perhaps("more").ifPresent(more -> model.put("more", more));
      Optional.ofNullable(facts.get("text"))
          .ifPresent(text -> model.put("paragraphs", text.lines().toList()));
      Optional.ofNullable(facts.get("time")).ifPresent(time -> model.put("time", time));
      model.put("when", when());
      perhaps("action")
          .ifPresent(
              label ->
                  model.put(
                      "action", Map.of("label", label, "url", facts.getOrDefault("link", ""))));
      reason(model);
      return model;
    }

    /** Time, day and place, as far as they are known. */
    private List<String> when() {
      return Stream.of(
              Optional.ofNullable(facts.get("time")),
              Optional.ofNullable(facts.get("day")),
              perhaps("place"))
          .flatMap(Optional::stream)
          .toList();
    }

    /** Who sends it and why, and how to stop what was chosen. */
    private void reason(Map<String, Object> model) {
      if (template.equals(MessageTemplate.ACCESO_FAMILIAS.code())) {
        model.put("footer", common("footer.link"));
      } else if (template.equals(MessageTemplate.AUSENCIA_RESUELTA.code())) {
        model.put("footer", common("footer.answer"));
      } else {
        model.put("footer", common("footer.news"));
        model.put("choose", common("footer.choose"));
      }
    }
  }

  /** The colour of the word over the title, as on the pages: of who is in, and who is missing. */
  private enum Tone {
    IN("in", "#17703f"),
    MISSING("missing", "#b3261e"),
    PLAIN("soft", "#565e66");

    private final String name;
    private final String color;

    Tone(String name, String color) {
      this.name = name;
      this.color = color;
    }

    static Tone of(String template) {
      return switch (template) {
        case "ingreso_ok", "llegada_tras_aviso" -> IN;
        case "no_ingreso", "no_ingreso_sin_conexion" -> MISSING;
        default -> PLAIN;
      };
    }
  }
}
