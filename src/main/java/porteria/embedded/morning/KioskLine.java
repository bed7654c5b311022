package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A kiosk's line to the server: the two scan calls. A request that fails is a reply too. */
final class KioskLine {
  /** Whatever broke the connection, the scan may have been recorded or not. */
  private static final Reply LOST = new Reply.Later(Optional.empty());

  private final WebClient client;
  private final String attendance;
  private final String token;
  private final Duration timeout;

  /**
   * @param baseUrl of the server, without a path
   * @param token the device's bearer token
   */
  KioskLine(WebClient client, String baseUrl, String token, Duration timeout) {
    this.client = client;
    this.attendance = baseUrl + "/api/v1/attendance";
    this.token = token;
    this.timeout = timeout;
  }

  /** Sends one scan. */
  Future<Reply> send(Scan scan, Instant sentAt) {
    JsonObject body = scan.json().put("sent_at", Scan.time(sentAt));
    return post("/scan", body).map(answer -> answer.map(Replies::single).orElse(LOST));
  }

  /** Sends scans that were stored, at most 500, in one request. */
  Future<Reply> send(List<Scan> scans, Instant sentAt) {
    JsonArray items = new JsonArray();
    scans.forEach(scan -> items.add(scan.json()));
    JsonObject body = new JsonObject().put("sent_at", Scan.time(sentAt)).put("scans", items);
    return post("/scans", body)
        .map(answer -> answer.map(response -> Replies.batch(scans, response)).orElse(LOST));
  }

  /** Empty when no answer came, or none in time. */
  private Future<Optional<HttpResponse<Buffer>>> post(String path, JsonObject body) {
    return client
        .postAbs(attendance + path)
        .bearerTokenAuthentication(token)
        .timeout(timeout.toMillis())
        .sendJsonObject(body)
        .map(Optional::of)
        .otherwise(broken -> Optional.empty());
  }
}
