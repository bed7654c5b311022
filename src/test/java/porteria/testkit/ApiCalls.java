package porteria.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import porteria.testkit.DemoSchoolFile.Device;
import porteria.testkit.DemoSchoolFile.Login;

/** Calls the server's API over HTTP as kiosks and other programs do. Blocking. */
public final class ApiCalls implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final String base;

  /** Calls the server on this port of the loopback. */
  public ApiCalls(int port) {
    this.base = "http://localhost:" + port;
  }

  /** What came back. */
  public record Answer(int status, JsonObject body) {}

  /** An entry, read from a card at this kiosk now. */
  public Answer enter(Device device, String card, long localSeq) throws IOException {
    return scan(device, card, "IN", localSeq);
  }

  /** One scan, read at this kiosk now. */
  public Answer scan(Device device, String card, String type, long localSeq) throws IOException {
    JsonObject body =
        new JsonObject()
            .put("source", "NFC")
            .put("token", card)
            .put("type", type)
            .put("gate_id", device.gateId())
            .put("device_id", device.deviceId())
            .put("local_seq", localSeq)
            .put("photo_expected", false);
    return post("/api/v1/attendance/scan", device.token(), body);
  }

  /** An access token. */
  public String login(Login login) throws IOException {
    JsonObject body =
        new JsonObject().put("email", login.email()).put("password", login.password());
    Answer answer = post("/api/v1/auth/login", "", body);
    if (answer.status() != 200) {
      throw new AssertionError("the login is answered " + answer.status());
    }
    return answer.body().getString("access_token");
  }

  public Answer get(String path, String bearer) throws IOException {
    return send(request(path, bearer).GET().build());
  }

  /** What a path of a provider's simulator lists, which needs no token. */
  public JsonArray list(String path) throws IOException {
    return new JsonArray(fetch(request(path, "").GET().build()).body());
  }

  public Answer post(String path, String bearer, JsonObject body) throws IOException {
    return send(
        request(path, bearer)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body.encode()))
            .build());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path, String bearer) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    return bearer.isEmpty() ? request : request.header("authorization", "Bearer " + bearer);
  }

  private Answer send(HttpRequest request) throws IOException {
    HttpResponse<String> response = fetch(request);
    return new Answer(response.statusCode(), new JsonObject(response.body()));
  }

  private HttpResponse<String> fetch(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
