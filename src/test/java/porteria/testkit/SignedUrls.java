package porteria.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import porteria.storage.FileType;
import porteria.storage.ObjectStorage;

/** What kiosks, parents and browsers do with URLs that the server signed for the S3 server. */
public final class SignedUrls {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private SignedUrls() {}

  /** Uploads as the answer to an upload that was begun says; the status. */
  public static int put(JsonObject upload, String type, byte[] bytes)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(upload.getString("url")))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
    upload
        .getJsonObject("headers")
        .forEach(
            header -> {
              if (!List.of("content-length", "content-type")
                  .contains(header.getKey().toLowerCase(Locale.ROOT))) {
                request.header(header.getKey(), String.valueOf(header.getValue()));
              }
            });
    return CLIENT
        .send(request.header("Content-Type", type).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** What a URL shows. */
  public static byte[] fetched(String url) throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  /** Brings three bytes to the store under a key. */
  public static void upload(ObjectStorage storage, String key, FileType type, String contentType)
      throws IOException, InterruptedException {
    ObjectStorage.PresignedUpload upload =
        storage.signPut(key, type, 3, Duration.ofMinutes(5)).await();
    HttpRequest request =
        HttpRequest.newBuilder(upload.url())
            .header("Content-Type", contentType)
            .header("If-None-Match", "*")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[] {1, 2, 3}))
            .build();
    assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }
}
