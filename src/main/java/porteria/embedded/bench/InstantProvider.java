package porteria.embedded.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A WhatsApp that takes every message at once, judges none, and remembers when it got which: the
 * other side of what is measured must cost as little as it can, so it reads no more of HTTP than it
 * is asked with. A program of its own. {@code GET /received} lists ids of notifications, each with
 * micro-seconds since 1970; {@code GET /count} says how many; {@code DELETE /received} forgets
 * them.
 */
public final class InstantProvider {

  private static final String ID_KEY = "\"biz_opaque_callback_data\":\"";
  private static final int ID_LENGTH = 36;
  private static final String HEAD_END = "\r\n\r\n";
  private static final String LENGTH = "content-length: ";

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
        .createNetServer()
        .connectHandler(new InstantProvider()::serve)
        .listen(0, "127.0.0.1")
        .onSuccess(server -> out.println("ready on port " + server.actualPort()))
        .onFailure(error -> System.exit(1));
  }

  private void serve(NetSocket socket) {
    StringBuilder pending = new StringBuilder();
    socket.handler(
        bytes -> {
          pending.append(bytes.toString(StandardCharsets.ISO_8859_1));
          for (int end = end(pending); end > 0; end = end(pending)) {
            socket.write(answer(pending.substring(0, end)));
            pending.delete(0, end);
          }
        });
  }

  /** Where the first request ends; 0 while it is not all there. */
  private static int end(StringBuilder pending) {
    int head = pending.indexOf(HEAD_END);
    if (head < 0) {
      return 0;
    }
    int end = head + HEAD_END.length() + length(pending.substring(0, head + 2));
    return end <= pending.length() ? end : 0;
  }

  private static int length(String head) {
    int name = head.indexOf(LENGTH);
    return name < 0
        ? 0
        : Integer.parseInt(head.substring(name + LENGTH.length(), head.indexOf('\r', name)));
  }

  private Buffer answer(String request) {
    if (request.startsWith("POST")) {
      return ok(take(request));
    } else if (request.startsWith("DELETE")) {
      ids.clear();
      times.clear();
      return ok("");
    } else if (request.startsWith("GET /count")) {
      return ok(Integer.toString(ids.size()));
    } else {
      return ok(received());
    }
  }

  private String take(String request) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    int begin = request.indexOf(ID_KEY) + ID_KEY.length();
    String id = request.substring(begin, begin + ID_LENGTH);
    ids.add(id);
    times.add(now);
    return "{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"wamid." + id + "\"}]}";
  }

  private String received() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < ids.size(); i++) {
      list.append(ids.get(i)).append(' ').append(times.get(i)).append('\n');
    }
    return list.toString();
  }

  private static Buffer ok(String body) {
    return Buffer.buffer("HTTP/1.1 200 OK\r\n" + LENGTH + body.length() + HEAD_END + body);
  }
}
