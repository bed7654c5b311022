package porteria.embedded.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the webhook back, a few calls at a time. A call that is refused is repeated with growing
 * pauses and at last given up:
 *
 * <pre>
 * tell ─▶ waiting ─▶ calling ─2xx─▶ told (then what follows it waits)
 *   │        ▲          └─ else ─▶ pausing ──▶ given up after 10 attempts
 *   │        └──────────────────────┘
 *   └─ given up at once when 20,000 are owed
 * </pre>
 *
 * A webhook that fails many calls in a row is taken to be down: until one call is heard it is tried
 * with one call at a time, after pauses that grow too, so that a dead receiver costs nothing.
 */
final class WebhookCaller {
  private static final Logger log = LoggerFactory.getLogger(WebhookCaller.class);
  private static final int MOST_OWED = 20_000;
  private static final int MOST_AT_ONCE = 8;
  private static final int MOST_ATTEMPTS = 10;
  private static final long FIRST_PAUSE_MS = 200;
  private static final long LONGEST_PAUSE_MS = 30_000;
  private static final long LONGEST_REST_MS = 2_000;
  private static final long PATIENCE_MS = 5_000;

  private record Owed(WebhookEvent event, int attempt) {}

  private final Vertx vertx;
  private final WebClient client;
  private final String target;
  private final String phoneNumberId;
  private final Signature signature;
  private final Queue<Owed> waiting = new ArrayDeque<>();
  private boolean closed;
  private int calling;
  private int pausing;
  private int failedInARow;
  private boolean resting;
  private long told;
  private long givenUp;

  WebhookCaller(Vertx vertx, URI base, String phoneNumberId, String appSecret) {
    this.vertx = vertx;
    this.target = base.toString().replaceAll("/+$", "") + "/webhooks/whatsapp";
    this.phoneNumberId = phoneNumberId;
    this.signature = new Signature(appSecret);
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions().setConnectTimeout((int) PATIENCE_MS).setFollowRedirects(false),
            new PoolOptions().setHttp1MaxSize(MOST_AT_ONCE));
  }

  /** Owes the webhook this event; never waits for it. */
  void tell(WebhookEvent event) {
    if (closed) {
      return;
    }
    if (owed() >= MOST_OWED) {
      giveUp("too many are owed");
      return;
    }
    waiting.add(new Owed(event, 1));
    callNext();
  }

  /** How many events were heard, are still owed, and will never be told. */
  JsonObject stats() {
    return new JsonObject().put("told", told).put("owed", owed()).put("given_up", givenUp);
  }

  /** Forgets what is owed. */
  void close() {
    closed = true;
    waiting.clear();
    client.close();
  }

  private int owed() {
    return waiting.size() + calling + pausing;
  }

  private void callNext() {
    if (closed) {
      return;
    }
    int atOnce = seemsDown() ? 1 : MOST_AT_ONCE;
    while (!resting && calling < atOnce && !waiting.isEmpty()) {
      call(waiting.remove());
    }
  }

  private boolean seemsDown() {
    return failedInARow >= MOST_AT_ONCE;
  }

  private void call(Owed owed) {
    calling++;
    Buffer body = body(owed.event()).toBuffer();
    client
        .postAbs(target)
        .timeout(PATIENCE_MS)
        .putHeader("content-type", Answer.JSON)
        .putHeader("x-hub-signature-256", signature.of(body))
        .sendBuffer(body)
        .map(WebhookCaller::heard)
        .otherwise(false)
        .onSuccess(heard -> after(owed, heard));
  }

  private static boolean heard(HttpResponse<Buffer> answer) {
    return answer.statusCode() / 100 == 2;
  }

  private void after(Owed owed, boolean heard) {
    calling--;
    if (closed) {
      return;
    }
    if (heard) {
      failedInARow = 0;
      told++;
      owed.event().then().ifPresent(next -> waiting.add(new Owed(next, 1)));
    } else {
      failedInARow++;
      repeat(owed);
      restIfDown();
    }
    callNext();
  }

  private void repeat(Owed owed) {
    if (owed.attempt() >= MOST_ATTEMPTS) {
      giveUp("the webhook refused it too often");
      return;
    }
    pausing++;
    vertx.setTimer(
        pause(owed.attempt(), LONGEST_PAUSE_MS),
        over -> {
          pausing--;
          waiting.add(new Owed(owed.event(), owed.attempt() + 1));
          callNext();
        });
  }

  private void restIfDown() {
    if (seemsDown() && !resting) {
      resting = true;
      vertx.setTimer(
          pause(failedInARow - MOST_AT_ONCE + 1, LONGEST_REST_MS),
          over -> {
            resting = false;
            callNext();
          });
    }
  }

  /** Milliseconds before the next try, after this many. */
  private static long pause(int tries, long longest) {
    return Math.min(longest, FIRST_PAUSE_MS << Math.min(tries - 1, 20));
  }

  private void giveUp(String why) {
    givenUp++;
    // One line per power of ten says enough when a receiver is down for long.
    if (Long.toString(givenUp).matches("10*")) {
      log.warn("Webhook events given up so far: {}; the last because {}", givenUp, why);
    }
  }

  private JsonObject body(WebhookEvent event) {
    JsonObject value =
        event
            .value()
            .put("messaging_product", "whatsapp")
            .put(
                "metadata",
                new JsonObject()
                    .put("display_phone_number", phoneNumberId)
                    .put("phone_number_id", phoneNumberId));
    JsonObject change = new JsonObject().put("field", "messages").put("value", value);
    JsonObject entry = new JsonObject().put("id", "0").put("changes", new JsonArray().add(change));
    return new JsonObject()
        .put("object", "whatsapp_business_account")
        .put("entry", new JsonArray().add(entry));
  }
}
