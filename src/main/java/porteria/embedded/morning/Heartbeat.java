package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;

/** A kiosk's word that it is alive. */
final class Heartbeat {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Heartbeat() {}

  /**
   * Sends one; fails when it is not answered 200.
   *
   * @param queueLength scans that have no final answer
   * @param sentAt by the kiosk's clock
   */
  static Future<JsonObject> send(
      WebClient client, String baseUrl, Demo.Device device, int queueLength, Instant sentAt) {
    return client
        .postAbs(baseUrl + "/api/v1/devices/heartbeat")
        .bearerTokenAuthentication(device.token())
        .timeout(TIMEOUT.toMillis())
        .sendJsonObject(
            new JsonObject()
                .put("device_id", device.deviceId())
                .put("gate_id", device.gateId())
                .put("queue_len", queueLength)
                .put("version", "school-day 1")
                .put("sent_at", Scan.time(sentAt)))
        .compose(
            answer ->
                answer.statusCode() == 200
                    ? Future.succeededFuture(answer.bodyAsJsonObject())
                    : Future.failedFuture("a heartbeat was answered HTTP " + answer.statusCode()));
  }
}
