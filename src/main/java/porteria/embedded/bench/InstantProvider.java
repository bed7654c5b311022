package porteria.embedded.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A WhatsApp that takes every message at once, judges none, and remembers when it got which: the
 * other side of what is measured must cost as little as it can. A program of its own. {@code GET
 * /received} lists ids of notifications, each with micro-seconds since 1970; {@code GET /count}
 * says how many; {@code DELETE /received} forgets them.
 */
public final class InstantProvider {

  private static final String ID_KEY = "\"biz_opaque_callback_data\":\"";
  private static final int ID_LENGTH = 36;

  /** One event loop serves all connections. */
  private final List<String> ids = new ArrayList<>();

  private final List<Long> times = new ArrayList<>();

  private InstantProvider() {}

  public static void main(String[] arguments) {
    listen(System.out);
  }

  private static void listen(PrintStream out) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    vertx
        .createHttpServer()
        .requestHandler(new InstantProvider()::serve)
        .listen(0, "127.0.0.1")
        .onSuccess(server -> out.println("ready on port " + server.actualPort()))
        .onFailure(error -> System.exit(1));
  }

  private void serve(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.POST)) {
      request.body().onSuccess(body -> request.response().end(take(body)));
    } else if (request.method().equals(HttpMethod.DELETE)) {
      ids.clear();
      times.clear();
      request.response().end();
    } else if ("/count".equals(request.path())) {
      request.response().end(Integer.toString(ids.size()));
    } else {
      request.response().end(received());
    }
  }

  private Buffer take(Buffer body) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    String text = body.toString();
    int begin = text.indexOf(ID_KEY) + ID_KEY.length();
    String id = text.substring(begin, begin + ID_LENGTH);
    ids.add(id);
    times.add(now);
    return Buffer.buffer(
        "{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"wamid." + id + "\"}]}");
  }

  private Buffer received() {
    Buffer list = Buffer.buffer();
    for (int i = 0; i < ids.size(); i++) {
      list.appendString(ids.get(i) + " " + times.get(i) + "\n");
    }
    return list;
  }
}
