package porteria.embedded.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What tests and demonstrations read: the messages and their counts. */
final class MessagesApi {
  private final Vertx vertx;
  private final Inbox inbox;
  private final Supplier<Optional<WebhookCaller>> webhooks;
  private final Runnable cleared;

  /**
   * @param cleared told when the inbox was emptied by hand
   */
  MessagesApi(
      Vertx vertx, Inbox inbox, Supplier<Optional<WebhookCaller>> webhooks, Runnable cleared) {
    this.vertx = vertx;
    this.inbox = inbox;
    this.webhooks = webhooks;
    this.cleared = cleared;
  }

  /**
   * {@code GET /messages?to=&since=&notification=}: those that match all that is given, oldest
   * first. {@code since} is an RFC 3339 time and inclusive.
   */
  void list(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    Predicate<Message> wanted = message -> true;
    String to = request.getParam("to", "");
    if (!to.isEmpty()) {
      String key = Recipient.key(to);
      wanted = wanted.and(message -> message.reaches(key));
    }
    String notification = request.getParam("notification", "");
    if (!notification.isEmpty()) {
      wanted = wanted.and(message -> message.notification().equals(notification));
    }
    String since = request.getParam("since", "");
    if (!since.isEmpty()) {
      // A plus sign that was not escaped arrives as a space.
      Optional<Long> from = MessageJson.millis(since.replace(' ', '+'));
      if (from.isEmpty()) {
        refuse(routing, "since must be an RFC 3339 time");
        return;
      }
      wanted = wanted.and(message -> message.receivedAt() >= from.get());
    }
    new MessageStream(vertx, inbox, wanted, routing.response()).start();
  }

  /** {@code GET /messages/stats}. */
  void stats(RoutingContext routing) {
    long whatsApp = inbox.accepted(Channel.WHATSAPP);
    long email = inbox.accepted(Channel.EMAIL);
    JsonObject stats =
        new JsonObject()
            .put("total", whatsApp + email)
            .put("duplicates", inbox.repeated())
            .put("by_channel", new JsonObject().put("WHATSAPP", whatsApp).put("EMAIL", email))
            .put("kept", inbox.end() - inbox.first())
            .put("dropped", inbox.dropped());
    webhooks.get().ifPresent(caller -> stats.put("webhooks", caller.stats()));
    Answer.json(200, stats.encode()).send(routing.response());
  }

  /** {@code DELETE /messages}. */
  void clear(RoutingContext routing) {
    inbox.clear();
    cleared.run();
    routing.response().setStatusCode(204).end();
  }

  private static void refuse(RoutingContext routing, String mistake) {
    JsonObject body = new JsonObject().put("errors", new JsonArray().add(mistake));
    Answer.json(400, body.encode()).send(routing.response());
  }
}
