package porteria.embedded.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the {@link SimulatedProvider} took, asked from here. */
record SimulatorInbox(HttpClient client, String url) {

  static SimulatorInbox on(int port) {
    return new SimulatorInbox(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
        "http://127.0.0.1:" + port);
  }

  /**
   * One message that was taken.
   *
   * @param to the phone, in digits alone
   * @param at to the millisecond
   */
  record Letter(String to, UUID notification, boolean ofBroadcast, Instant at) {

    private static Letter of(JsonObject json) {
      return new Letter(
          json.getString("to"),
          UUID.fromString(json.getString("notification")),
          json.getString("template").equals("cambio_horario"),
          Instant.parse(json.getString("received_at")));
    }
  }

  /** Messages since it was emptied. */
  int count() throws IOException, InterruptedException {
    return new JsonObject(ask("GET", "/messages/stats")).getInteger("total");
  }

  /** All of them in the order of their arrival. */
  List<Letter> letters() throws IOException, InterruptedException {
    return new JsonArray(ask("GET", "/messages"))
        .stream().map(each -> Letter.of((JsonObject) each)).toList();
  }

  void empty() throws IOException, InterruptedException {
    ask("DELETE", "/messages");
  }

  private String ask(String method, String path) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url + path))
                .method(method, BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
