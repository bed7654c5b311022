package porteria.embedded.morning;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The two scan calls and the inbox on one loopback port, in memory: what they say is written by
 * hand after the contract. Tests tell it what to do wrong.
 */
final class FakeServer implements AutoCloseable {
  /** What it does wrong all the time. */
  enum Fault {
    KEEPS_A_MESSAGE_BACK,
    TELLS_TWICE,
    TELLS_A_STRANGER,
    SEES_NO_DOUBLE_READS,
    CALLS_EVERYTHING_A_REPEAT,
    BELIEVES_CLOCKS,
    REFUSES_WHOLE_BATCHES,
    FORGETS_REPLAYS
  }

  /** What it does to the next request. */
  enum Trouble {
    BUSY,
    TOO_MANY,
    BROKEN,
    UNKNOWN_TOKEN,
    /** It records and then cuts the line. */
    ANSWER_LOST
  }

  /** For each request to come, the trouble it meets; then none. */
  final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

  /** Numbers of scans that a batch must bring once more. */
  final Queue<Long> bringAgain = new ConcurrentLinkedQueue<>();

  /** The bodies of all requests, in order. */
  final List<JsonObject> requests = new CopyOnWriteArrayList<>();

  private final Vertx vertx = Vertx.vertx();
  private final FakeRecords records;
  private final HttpServer server;
  private final Map<String, Integer> underWay = new HashMap<>();
  private volatile int mostAtOnce;

  FakeServer(Demo.School school, Fault... faults) {
    this.records = new FakeRecords(school, List.of(faults));
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false));
    router.post("/api/v1/attendance/scan").handler(this::meetTrouble).handler(this::scan);
    router.post("/api/v1/attendance/scans").handler(this::meetTrouble).handler(this::scans);
    router.get("/messages").handler(this::messages);
    router.get("/messages/stats").handler(this::stats);
    this.server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** The most requests that one kiosk had under way at once. */
  int mostAtOnce() {
    return mostAtOnce;
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private void meetTrouble(RoutingContext routing) {
    requests.add(body(routing));
    String kiosk = routing.request().getHeader("authorization");
    mostAtOnce = Math.max(mostAtOnce, underWay.merge(kiosk, 1, Integer::sum));
    routing.addEndHandler(ended -> underWay.merge(kiosk, -1, Integer::sum));
    Trouble trouble = troubles.poll();
    if (trouble == null) {
      routing.next();
      return;
    }
    switch (trouble) {
      case BUSY -> routing.response().putHeader("Retry-After", "0").setStatusCode(503).end();
      case TOO_MANY -> routing.response().setStatusCode(429).end();
      case BROKEN -> routing.response().setStatusCode(500).end();
      case UNKNOWN_TOKEN -> routing.response().setStatusCode(401).end();
      case ANSWER_LOST -> {
        records.judge(body(routing), sentAt(routing));
        routing.request().connection().close();
      }
    }
  }

  private void scan(RoutingContext routing) {
    JsonObject answer = records.judge(body(routing), sentAt(routing));
    routing.response().setStatusCode(answer.getInteger("http")).end(answer.encode());
  }

  private void scans(RoutingContext routing) {
    JsonArray verdicts = new JsonArray();
    for (Object item : body(routing).getJsonArray("scans")) {
      verdicts.add(verdict((JsonObject) item, sentAt(routing)));
    }
    boolean refused = records.has(Fault.REFUSES_WHOLE_BATCHES);
    routing
        .response()
        .setStatusCode(refused ? 400 : 200)
        .end(new JsonObject().put("verdicts", verdicts).encode());
  }

  private JsonObject verdict(JsonObject scan, Instant sentAt) {
    JsonObject verdict = new JsonObject().put("local_seq", scan.getLong("local_seq"));
    if (bringAgain.remove(scan.getLong("local_seq"))) {
      return verdict.put("status", "FAILED").put("retry", true).put("flags", new JsonArray());
    }
    JsonObject answer = records.judge(scan, sentAt);
    String status =
        switch (answer.getInteger("http")) {
          case 202 -> answer.getBoolean("duplicate") ? "DUPLICATE" : "ACCEPTED";
          case 422 -> "REJECTED";
          case 409 -> "CONFLICT";
          default -> "INVALID";
        };
    return verdict
        .put("status", status)
        .put("retry", false)
        .put("event_id", answer.getString("event_id"))
        .put("reason", answer.getString("reason"))
        .put("flags", answer.getJsonArray("flags", new JsonArray()));
  }

  private void messages(RoutingContext routing) {
    Instant since = Instant.parse(routing.queryParams().get("since"));
    List<JsonObject> wanted = new ArrayList<>();
    for (JsonObject message : records.messages()) {
      if (!Instant.parse(message.getString("received_at")).isBefore(since)) {
        wanted.add(message);
      }
    }
    routing.response().end(new JsonArray(wanted).encode());
  }

  private void stats(RoutingContext routing) {
    routing.response().end(new JsonObject().put("dropped", 0).encode());
  }

  private static JsonObject body(RoutingContext routing) {
    return Objects.requireNonNull(routing.body().asJsonObject(), "the request has no body");
  }

  private static Instant sentAt(RoutingContext routing) {
    return Instant.parse(body(routing).getString("sent_at"));
  }
}
