package porteria.embedded.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The {@link InstantProvider}, asked from here. */
record Provider(HttpClient client, String url) {

  static Provider on(int port) {
    return new Provider(HttpClient.newHttpClient(), "http://127.0.0.1:" + port);
  }

  /** Messages since it forgot all. */
  int count() throws IOException, InterruptedException {
    return Integer.parseInt(ask("GET", "/count"));
  }

  /**
   * What it got, and when, in micro-seconds since 1970.
   *
   * @throws IllegalStateException when it got a message twice
   */
  Map<UUID, Long> received() throws IOException, InterruptedException {
    Map<UUID, Long> received = new HashMap<>();
    ask("GET", "/received")
        .lines()
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              UUID id = UUID.fromString(line.substring(0, space));
              if (received.put(id, Long.valueOf(line.substring(space + 1))) != null) {
                throw new IllegalStateException("a message was sent twice: " + id);
              }
            });
    return received;
  }

  void forget() throws IOException, InterruptedException {
    ask("DELETE", "/received");
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
