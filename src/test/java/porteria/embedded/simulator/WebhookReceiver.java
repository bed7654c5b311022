package porteria.embedded.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The business's side of the webhook: checks signatures, keeps what it hears, can refuse. */
final class WebhookReceiver implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<JsonObject> heard = new CopyOnWriteArrayList<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();

  WebhookReceiver() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> receive(request, body)))
            .listen(0, "127.0.0.1")
            .await();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
  }

  /** Answers 500 to the next calls. */
  void refuseNext(int calls) {
    refusals.set(calls);
  }

  /** The values of the changes heard so far. */
  List<JsonObject> heard() {
    return List.copyOf(heard);
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  private void receive(HttpServerRequest request, Buffer body) {
    String signature = new Signature(RunningSimulator.APP_SECRET).of(body);
    if (!"/webhooks/whatsapp".equals(request.path())) {
      problems.add("called at " + request.path());
    }
    if (!signature.equals(request.getHeader("X-Hub-Signature-256"))) {
      problems.add("not signed");
    }
    if (refusals.getAndDecrement() > 0) {
      request.response().setStatusCode(500).end();
      return;
    }
    heard.add(
        body.toJsonObject()
            .getJsonArray("entry")
            .getJsonObject(0)
            .getJsonArray("changes")
            .getJsonObject(0)
            .getJsonObject("value"));
    request.response().end();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
