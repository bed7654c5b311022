package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** A played kiosk's photos, against the server and the S3 server. */
@ExtendWith(TestServersExtension.class)
class PhotosTest {

  @Test
  void a_photo_is_kept_of_who_consents_and_of_nobody_else(TestServers servers) {
    Vertx vertx = Vertx.vertx();
    WebClient client = WebClient.create(vertx);
    try (RunningServer server = RunningServer.keepingPhotos(servers)) {
      TestSchool school = server.school();
      TestPupil ana = school.pupil("Ana Rojas");
      TestPupil beto = school.pupil("Beto Paz");
      agree(server, school, ana);
      Photos photos = new Photos(client, "http://127.0.0.1:" + server.port());
      Demo.Device north = new Demo.Device("KIOSCO-NORTE", "NORTE", school.north().token());
      String consented = school.north().in(ana, server.now()).get("event_id");
      String other = school.north().in(beto, server.now()).get("event_id");
      assertThat(photos.keep(north, consented).await()).isTrue();
      assertThat(photos.keep(north, other).await()).isFalse();
      assertThat(photos.counts()).isEqualTo(new Photos.Counts(1, 1));
      assertThat(school.get("/attendance/photo/" + consented).status()).isEqualTo(200);
    } finally {
      client.close();
      vertx.close().await();
    }
  }

  private static void agree(RunningServer server, TestSchool school, TestPupil pupil) {
    Reply allowed =
        Reply.of(
            server
                .request(HttpMethod.PUT, "/api/v1/attendance/photos/policy")
                .bearerTokenAuthentication(school.login(Role.ADMIN))
                .sendJsonObject(new JsonObject().put("allowed", true))
                .await());
    assertThat(allowed.status()).isEqualTo(200);
    Reply consent =
        server.post(
            "/consents",
            school.login(Role.ADMIN),
            new JsonObject()
                .put("student_id", pupil.id().toString())
                .put("guardian_id", school.parentOf(pupil).id().toString())
                .put("scopes", new JsonArray().add("PHOTO"))
                .put("signed_at", server.now().toString()));
    assertThat(consent.status()).as(consent.text()).isEqualTo(201);
  }
}
