package porteria.webhook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What WhatsApp's webhook says, as Meta documents it. */
final class WhatsAppReports {

  private WhatsAppReports() {}

  /** A status of one message. */
  static JsonObject status(String wamid, String notification, String status) {
    return new JsonObject()
        .put("id", wamid)
        .put("status", status)
        .put("timestamp", "1781090000")
        .put("recipient_id", "56900000000")
        .put("conversation", new JsonObject().put("id", "unknown to us"))
        .put("biz_opaque_callback_data", notification);
  }

  /** A message that could not be brought. */
  static JsonObject failed(String wamid, String notification, int code) {
    return status(wamid, notification, "failed")
        .put(
            "errors",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("code", code)
                        .put("title", "Message undeliverable")
                        .put("error_data", new JsonObject().put("details", "No such user"))));
  }

  static JsonObject call(JsonObject... statuses) {
    return change(new JsonObject().put("statuses", JsonArray.of((Object[]) statuses)));
  }

  /** What a family wrote. */
  static JsonObject text(String id, String from, long at, String body) {
    return change(
        new JsonObject()
            .put(
                "messages",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("from", from)
                            .put("id", id)
                            .put("timestamp", Long.toString(at))
                            .put("type", "text")
                            .put("text", new JsonObject().put("body", body)))));
  }

  static JsonObject change(JsonObject value) {
    JsonObject change =
        new JsonObject()
            .put("field", "messages")
            .put("value", value.put("messaging_product", "whatsapp"));
    return new JsonObject()
        .put("object", "whatsapp_business_account")
        .put(
            "entry",
            new JsonArray()
                .add(new JsonObject().put("id", "0").put("changes", new JsonArray().add(change))));
  }
}
