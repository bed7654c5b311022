package porteria.embedded.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /phones/{number}/reply}: a family writes back, in JSON ({@code {"text":"BAJA"}}) or
 * from the page's form.
 */
final class PhonesApi {
  private static final int LONGEST_TEXT = 4_096;

  private final Supplier<Optional<WebhookCaller>> webhooks;
  private final MessageIds ids;
  private final InstantSource clock;

  PhonesApi(Supplier<Optional<WebhookCaller>> webhooks, MessageIds ids, InstantSource clock) {
    this.webhooks = webhooks;
    this.ids = ids;
    this.clock = clock;
  }

  void reply(RoutingContext routing) {
    String from = Recipient.key(Objects.requireNonNullElse(routing.pathParam("number"), ""));
    String form = routing.request().getFormAttribute("text");
    Buffer body = routing.body().buffer();
    String text = form == null ? Node.parse(body).get("text").words() : form;
    if (from.isEmpty() || text.isBlank() || text.length() > LONGEST_TEXT) {
      error(400, "the number must have digits and the text 1 to 4096 characters")
          .send(routing.response());
    } else if (webhooks.get().isEmpty()) {
      error(409, "no webhook is configured: nobody would hear the reply").send(routing.response());
    } else {
      String id = ids.wamid();
      webhooks
          .get()
          .orElseThrow()
          .tell(new WebhookEvent.Reply(id, from, text, clock.instant().getEpochSecond()));
      heard(form == null, id, from).send(routing.response());
    }
  }

  private static Answer heard(boolean json, String id, String from) {
    return json
        ? Answer.json(202, new JsonObject().put("id", id).encode())
        : Answer.json(303, "").with("location", "/?to=" + from);
  }

  private static Answer error(int status, String mistake) {
    return Answer.json(status, new JsonObject().put("error", mistake).encode());
  }
}
