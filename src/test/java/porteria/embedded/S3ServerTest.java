package porteria.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3ServerTest {
  private static final String KEY = "school/photo.jpg";
  private static final String PHOTO = "not quite a photo";

  @TempDir Path temporary;
  DataDirectory data;

  @BeforeEach
  void take_a_data_directory() {
    data = DataDirectory.open(temporary.resolve("data"));
  }

  @AfterEach
  void give_it_back() {
    data.close();
  }

  @Test
  void a_presigned_upload_is_taken_and_survives_a_stop_and_a_start() throws Exception {
    try (S3Server server = start()) {
      assertThat(upload(presignedPut(server.access()), "image/jpeg")).isEqualTo(200);
    }
    try (S3Server server = start();
        S3Client client = client(server.access())) {
      String photo =
          client
              .getObjectAsBytes(get -> get.bucket(server.access().bucket()).key(KEY))
              .asUtf8String();
      assertThat(photo).isEqualTo(PHOTO);
    }
  }

  @Test
  void an_upload_of_another_type_than_was_signed_is_refused() throws Exception {
    try (S3Server server = start()) {
      assertThat(upload(presignedPut(server.access()), "text/html")).isEqualTo(403);
    }
  }

  @Test
  void an_upload_signed_with_another_secret_is_refused() throws Exception {
    try (S3Server server = start()) {
      S3Access right = server.access();
      S3Access forged =
          new S3Access(
              right.endpoint(), right.region(), right.bucket(), right.accessKey(), "forged");
      assertThat(upload(presignedPut(forged), "image/jpeg")).isEqualTo(403);
    }
  }

  @Test
  void a_page_of_this_machine_may_upload_and_a_foreign_one_may_not() throws Exception {
    try (S3Server server = start()) {
      assertThat(preflight(server.access(), "http://localhost:8080")).isEqualTo(200);
      assertThat(preflight(server.access(), "https://example.org")).isEqualTo(403);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void it_listens_on_loopback_only() throws Exception {
    try (S3Server server = start()) {
      assertThat(Listeners.addressesAt(server.access().endpoint().getPort()))
          .hasSize(1)
          .allMatch(address -> address.endsWith("0100007F"));
    }
  }

  private S3Server start() {
    return S3Server.start(data, ServersForTests.S3);
  }

  private static URI presignedPut(S3Access access) {
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(access.endpoint())
            .region(Region.of(access.region()))
            .credentialsProvider(credentials(access))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      return URI.create(
          presigner
              .presignPutObject(
                  put ->
                      put.signatureDuration(Duration.ofMinutes(5))
                          .putObjectRequest(
                              object ->
                                  object
                                      .bucket(access.bucket())
                                      .key(KEY)
                                      .contentType("image/jpeg")))
              .url()
              .toString());
    }
  }

  private static S3Client client(S3Access access) {
    return S3Client.builder()
        .endpointOverride(access.endpoint())
        .region(Region.of(access.region()))
        .credentialsProvider(credentials(access))
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static StaticCredentialsProvider credentials(S3Access access) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(access.accessKey(), access.secretKey()));
  }

  private static int upload(URI address, String type) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", type)
            .PUT(HttpRequest.BodyPublishers.ofString(PHOTO, StandardCharsets.UTF_8))
            .build();
    return status(request);
  }

  private static int preflight(S3Access access, String origin)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(access.endpoint().resolve("/" + access.bucket() + "/" + KEY))
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "PUT")
            .header("Access-Control-Request-Headers", "content-type")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .build();
    return status(request);
  }

  private static int status(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
