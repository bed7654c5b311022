package porteria.embedded.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What came of reading a send call: a message to accept, or the first thing wrong with it. */
sealed interface WhatsAppCall {
  /** A call the provider would accept. */
  record Valid(String to, String notification, KnownTemplate template, List<String> params)
      implements WhatsAppCall {}

  /** A call the provider would refuse. */
  record Refused(GraphError error) implements WhatsAppCall {}

  /**
   * Reads a call as strictly as the published schema: only template messages to one phone, with
   * parameters in the body alone, for that is all a {@link SimulatedTemplate} can hold.
   */
  static WhatsAppCall read(Node call, TemplateCatalogue templates) {
    return new Reader(call, templates).read();
  }

  /** Reads one call, door by door. */
  final class Reader {
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{6,20}");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\r\\n\\t]| {5}");
    private static final int LONGEST_BODY = 1024;
    private static final int LONGEST_CALLBACK = 512;

    private final Node call;
    private final Node template;
    private final TemplateCatalogue templates;

    private Reader(Node call, TemplateCatalogue templates) {
      this.call = call;
      this.template = call.get("template");
      this.templates = templates;
    }

    private WhatsAppCall read() {
      Optional<GraphError> wrong = envelopeError().or(this::recipientError).or(this::templateError);
      if (wrong.isPresent()) {
        return new Refused(wrong.get());
      }
      String name = template.get("name").words();
      String language = template.get("language").get("code").words();
      Optional<KnownTemplate> known = templates.find(name, language);
      if (known.isEmpty()) {
        return new Refused(GraphError.unknownTemplate(name, language));
      }
      return withParameters(known.get());
    }

    private Optional<GraphError> envelopeError() {
      return must(call, "messaging_product", "whatsapp")
          .or(() -> must(call, "recipient_type", "individual"))
          .or(() -> must(call, "type", "template"));
    }

    private Optional<GraphError> recipientError() {
      Node to = call.get("to");
      if (to.words().isEmpty()) {
        return Optional.of(GraphError.required("to"));
      }
      if (!PHONE.matcher(to.words()).matches()) {
        return Optional.of(GraphError.badValue("to is not a phone number"));
      }
      Node callback = call.get("biz_opaque_callback_data");
      if (callback.present() && callback.text().map(String::length).orElse(0) < 1) {
        return Optional.of(GraphError.invalid("biz_opaque_callback_data must be a string"));
      }
      return callback.words().length() > LONGEST_CALLBACK
          ? Optional.of(GraphError.invalid("biz_opaque_callback_data is over 512 characters"))
          : Optional.empty();
    }

    private Optional<GraphError> templateError() {
      if (template.get("name").text().isEmpty()) {
        return Optional.of(GraphError.required("template['name']"));
      }
      if (template.get("language").get("code").text().isEmpty()) {
        return Optional.of(GraphError.required("template['language']['code']"));
      }
      return must(template.get("language"), "policy", "deterministic");
    }

    private WhatsAppCall withParameters(KnownTemplate known) {
      List<Node> components = template.get("components").items();
      boolean bodyAlone =
          components.size() <= 1
              && components.stream()
                  .allMatch(component -> component.get("type").words().equalsIgnoreCase("body"));
      if (!bodyAlone) {
        return new Refused(GraphError.wrongFormat("the template has a body and nothing else"));
      }
      List<Node> given =
          components.isEmpty() ? List.of() : components.getFirst().get("parameters").items();
      return given.size() == known.parameters()
          ? withTexts(known, given)
          : new Refused(GraphError.wrongCount(given.size(), known.parameters()));
    }

    private WhatsAppCall withTexts(KnownTemplate known, List<Node> given) {
      List<String> texts = new ArrayList<>(given.size());
      int length = known.body().length();
      for (Node parameter : given) {
        String text = parameter.get("text").words();
        Optional<GraphError> wrong = parameterError(parameter, text, texts.size() + 1);
        if (wrong.isPresent()) {
          return new Refused(wrong.get());
        }
        texts.add(text);
        length += text.length();
      }
      if (length > LONGEST_BODY) {
        return new Refused(GraphError.tooLong(length));
      }
      return new Valid(
          Recipient.key(call.get("to").words()),
          call.get("biz_opaque_callback_data").words(),
          known,
          List.copyOf(texts));
    }

    private static Optional<GraphError> parameterError(Node parameter, String text, int position) {
      if (!parameter.get("type").words().equals("text")) {
        return Optional.of(GraphError.wrongFormat("body: parameter " + position + " must be text"));
      }
      if (text.isBlank()) {
        return Optional.of(GraphError.emptyParameter(position));
      }
      return FORBIDDEN.matcher(text).find()
          ? Optional.of(
              GraphError.invalid(
                  "Param text cannot have new-line/tab characters or more than 4 consecutive"
                      + " spaces"))
          : Optional.empty();
    }

    private static Optional<GraphError> must(Node holder, String field, String value) {
      String given = holder.get(field).words();
      if (given.isEmpty()) {
        return Optional.of(GraphError.required(field));
      }
      return given.equals(value)
          ? Optional.empty()
          : Optional.of(GraphError.invalid(field + " must be " + value));
    }
  }
}
