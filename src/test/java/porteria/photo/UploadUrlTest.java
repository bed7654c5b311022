package porteria.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.storage.FileType;
import porteria.storage.ObjectStorage;
import porteria.storage.ObjectStorage.PresignedUpload;
import porteria.testkit.SignedUrls;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;
import porteria.testkit.TestStorage;

/** A URL to upload a photo ends, by the S3 server's own clock. */
@ExtendWith(TestServersExtension.class)
class UploadUrlTest {

  private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a464946000101");

  @Test
  void the_s3_server_refuses_a_url_that_has_expired_and_keeps_nothing(TestServers servers)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    ObjectStorage storage = ObjectStorage.open(vertx, TestStorage.in(servers.s3()));
    String key = storage.newKey(UUID.randomUUID(), FileType.JPEG);
    JsonObject upload = upload(storage, key, Duration.ofSeconds(1));
    // A signature bears whole seconds.
    Instant ended = Instant.now().plusSeconds(2);
    await().until(() -> Instant.now().isAfter(ended));
    assertThat(SignedUrls.put(upload, "image/jpeg", JPEG)).isEqualTo(403);
    assertThat(storage.look(key).await()).isEmpty();
    assertThat(SignedUrls.put(upload(storage, key, Duration.ofMinutes(1)), "image/jpeg", JPEG))
        .as("while it is good")
        .isEqualTo(200);
    assertThat(storage.look(key).await()).isPresent();
    storage.close().await();
    vertx.close().await();
  }

  private static JsonObject upload(ObjectStorage storage, String key, Duration life) {
    PresignedUpload signed = storage.signPut(key, FileType.JPEG, JPEG.length, life).await();
    JsonObject headers = new JsonObject();
    signed.headers().forEach(headers::put);
    return new JsonObject().put("url", signed.url().toString()).put("headers", headers);
  }
}
