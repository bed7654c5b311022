package porteria.embedded.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;

/** A director at a server of ours, who tells every family of other hours. */
final class Director {

  static final String EMAIL = "director@bench.example.test";

  private final HttpClient client;
  private final String url;
  private final String bearer;

  private Director(HttpClient client, String url, String bearer) {
    this.client = client;
    this.url = url;
    this.bearer = bearer;
  }

  /** Signs in. */
  static Director at(int port, String password) throws IOException, InterruptedException {
    Director stranger =
        new Director(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
            "http://127.0.0.1:" + port + "/api/v1",
            "");
    JsonObject signedIn =
        stranger.post(
            "/auth/login", new JsonObject().put("email", EMAIL).put("password", password), 200);
    return new Director(stranger.client, stranger.url, signedIn.getString("access_token"));
  }

  /** What a preview froze. */
  record Frozen(String id, int recipients) {}

  /** Has it frozen whom the news that there are no classes on this day would reach. */
  Frozen preview(LocalDate day) throws IOException, InterruptedException {
    JsonObject preview =
        post(
            "/broadcast/preview",
            new JsonObject()
                .put("type", "CAMBIO_HORARIO")
                .put("scope", "GLOBAL")
                .put(
                    "text_params",
                    new JsonObject()
                        .put("date", day.toString())
                        .put("closed", true)
                        .put("reason", "temporal")),
            200);
    return new Frozen(preview.getString("broadcast_id"), preview.getInteger("recipients"));
  }

  void send(Frozen frozen) throws IOException, InterruptedException {
    post(
        "/broadcast/send",
        new JsonObject()
            .put("broadcast_id", frozen.id())
            .put("expected_recipients", frozen.recipients()),
        202);
  }

  /** Whether nothing of it is under way any more. */
  boolean hasEnded(Frozen frozen) throws IOException, InterruptedException {
    HttpRequest request = to("/broadcast/" + frozen.id()).GET().build();
    return answer(request, 200).getString("status").equals("SENT");
  }

  private JsonObject post(String path, JsonObject body, int status)
      throws IOException, InterruptedException {
    return answer(
        to(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.encode()))
            .build(),
        status);
  }

  private HttpRequest.Builder to(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private JsonObject answer(HttpRequest request, int status)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          "%s is answered %d: %s"
              .formatted(request.uri().getPath(), answer.statusCode(), answer.body()));
    }
    return new JsonObject(answer.body());
  }
}
