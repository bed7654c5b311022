package porteria.notification;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import porteria.domain.TemplateCatalogue;
import porteria.domain.WhatsAppTemplate;

/**
 * The body of a template message, as Meta's schema (business messaging, v23.0) requires it. What
 * the provider would refuse is not sent: its refusals count against the account.
 */
final class WhatsAppBody {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern FORBIDDEN = Pattern.compile("[\\n\\r\\t]| {5}");
  private static final int LONGEST_TEXT = 1_024;

  private final TemplateCatalogue templates;

  WhatsAppBody(TemplateCatalogue templates) {
    this.templates = templates;
  }

  /**
   * @throws IllegalArgumentException saying why the provider would not take it; names nobody
   */
  JsonObject of(ClaimedMessage message) {
    WhatsAppTemplate template =
        templates
            .find(message.template(), message.language())
            .orElseThrow(() -> new IllegalArgumentException("the catalogue has no such template"));
    JsonArray parameters = parameters(template, message.facts());
    if (template.filled(message.facts().values()).length() > LONGEST_TEXT) {
      throw new IllegalArgumentException("the text is longer than 1,024 characters");
    }
    return new JsonObject()
        .put("messaging_product", "whatsapp")
        .put("recipient_type", "individual")
        .put("to", digits(message.address()))
        .put("type", "template")
        .put("biz_opaque_callback_data", message.id().toString())
        .put(
            "template",
            new JsonObject()
                .put("name", template.name())
                .put(
                    "language",
                    new JsonObject()
                        .put("code", template.whatsAppLanguage())
                        .put("policy", "deterministic"))
                .put(
                    "components",
                    new JsonArray()
                        .add(new JsonObject().put("type", "body").put("parameters", parameters))));
  }

  private static JsonArray parameters(WhatsAppTemplate template, ClaimedMessage.Facts facts) {
    JsonArray parameters = new JsonArray();
    for (String name : template.parameters()) {
      parameters.add(
          new JsonObject().put("type", "text").put("text", checked(name, facts.get(name))));
    }
    return parameters;
  }

  private static String checked(String name, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("the parameter " + name + " is empty");
    }
    if (FORBIDDEN.matcher(text).find()) {
      throw new IllegalArgumentException(
          "the parameter %s has a line break, a tab or five spaces in a row".formatted(name));
    }
    return text;
  }

  private static String digits(String phone) {
    if (!E164.matcher(phone).matches()) {
      throw new IllegalArgumentException("the address is not an E.164 phone number");
    }
    return phone.substring(1);
  }
}
