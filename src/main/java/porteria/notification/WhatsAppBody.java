package porteria.notification;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/** The body of a template message, as Meta's schema (business messaging, v23.0) requires it. */
final class WhatsAppBody {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  private WhatsAppBody() {}

  /**
   * @throws IllegalArgumentException when the address is no phone number or a parameter is empty
   */
  static JsonObject of(ClaimedMessage message) {
    ClaimedMessage.Facts facts = message.facts();
    return new JsonObject()
        .put("messaging_product", "whatsapp")
        .put("recipient_type", "individual")
        .put("to", digits(message.address()))
        .put("type", "template")
        .put("biz_opaque_callback_data", message.id().toString())
        .put(
            "template",
            new JsonObject()
                .put("name", message.template())
                .put(
                    "language",
                    new JsonObject().put("code", message.language()).put("policy", "deterministic"))
                .put(
                    "components",
                    new JsonArray()
                        .add(body(List.of(facts.student(), facts.time(), facts.gate())))));
  }

  private static JsonObject body(List<String> texts) {
    JsonArray parameters = new JsonArray();
    for (String text : texts) {
      parameters.add(new JsonObject().put("type", "text").put("text", parameter(text)));
    }
    return new JsonObject().put("type", "body").put("parameters", parameters);
  }

  private static String parameter(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a parameter is empty");
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
