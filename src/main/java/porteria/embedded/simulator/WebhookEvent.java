package porteria.embedded.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Something WhatsApp tells the business: a status of a message, or what a family wrote. */
sealed interface WebhookEvent {
  /** The change's value, without what every change has in common. */
  JsonObject value();

  /** What is to be told once this one was heard. */
  Optional<WebhookEvent> then();

  /**
   * A status of a message.
   *
   * @param at seconds since the epoch
   */
  record Status(WhatsAppMessage message, String status, long at) implements WebhookEvent {
    static final String SENT = "sent";
    static final String DELIVERED = "delivered";

    @Override
    public JsonObject value() {
      JsonObject json =
          new JsonObject()
              .put("id", message.id())
              .put("status", status)
              .put("timestamp", Long.toString(at))
              .put("recipient_id", message.to());
      if (!message.notification().isEmpty()) {
        json.put("biz_opaque_callback_data", message.notification());
      }
      return new JsonObject().put("statuses", new JsonArray().add(json));
    }

    @Override
    public Optional<WebhookEvent> then() {
      return status.equals(SENT)
          ? Optional.of(new Status(message, DELIVERED, at))
          : Optional.empty();
    }
  }

  /**
   * A message that was taken and could not be brought.
   *
   * @param at seconds since the epoch
   */
  record Failed(WhatsAppMessage message, int code, long at) implements WebhookEvent {
    @Override
    public JsonObject value() {
      JsonObject error =
          new JsonObject()
              .put("code", code)
              .put("title", "Simulated failure")
              .put("message", "Simulated failure")
              .put("error_data", new JsonObject().put("details", "The simulator was told to."));
      JsonObject json =
          new Status(message, "failed", at).value().getJsonArray("statuses").getJsonObject(0);
      return new JsonObject()
          .put("statuses", new JsonArray().add(json.put("errors", new JsonArray().add(error))));
    }

    @Override
    public Optional<WebhookEvent> then() {
      return Optional.empty();
    }
  }

  /**
   * A text that a phone sent.
   *
   * @param at seconds since the epoch
   */
  record Reply(String id, String from, String text, long at) implements WebhookEvent {
    @Override
    public JsonObject value() {
      JsonObject profile = new JsonObject().put("name", from);
      JsonObject message =
          new JsonObject()
              .put("from", from)
              .put("id", id)
              .put("timestamp", Long.toString(at))
              .put("type", "text")
              .put("text", new JsonObject().put("body", text));
      return new JsonObject()
          .put(
              "contacts",
              new JsonArray().add(new JsonObject().put("profile", profile).put("wa_id", from)))
          .put("messages", new JsonArray().add(message));
    }

    @Override
    public Optional<WebhookEvent> then() {
      return Optional.empty();
    }
  }
}
