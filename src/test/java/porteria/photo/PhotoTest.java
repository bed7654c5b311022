package porteria.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.SignedUrls;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Photos go to the S3 server and back, if school and family agree. */
@ExtendWith(TestServersExtension.class)
class PhotoTest {

  private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a464946000101");
  private static final byte[] HTML = "<html>hallo!!".getBytes(StandardCharsets.UTF_8);

  private static @Nullable RunningServer started;

  private final RunningServer server = running();
  private final TestSchool school = server.school();
  private final TestPupil ana = school.pupil("Ana Rojas");

  private static RunningServer running() {
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  @BeforeAll
  static void start(TestServers servers) {
    started = RunningServer.keepingPhotos(servers);
  }

  @AfterAll
  static void stop() {
    running().close();
  }

  @BeforeEach
  void agree() {
    school.guardianOf(ana);
    allow(true);
    consent(server.now(), server.now().plus(Duration.ofDays(300)));
  }

  @Test
  void what_a_kiosk_uploads_staff_see_and_each_view_is_in_the_trail() throws Exception {
    String event = entry();
    JsonObject upload = begin(event, "image/jpeg", JPEG.length).json();
    assertThat(SignedUrls.put(upload, "image/jpeg", JPEG)).isEqualTo(200);
    Reply complete = complete(event);
    assertThat(complete.status()).isEqualTo(200);
    assertThat(complete(event).json()).as("asked again").isEqualTo(complete.json());
    Reply view = school.get("/attendance/photo/" + event);
    assertThat(SignedUrls.fetched(view.get("url"))).isEqualTo(JPEG);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT action, entity, entity_id FROM audit_log WHERE school_id = ?"
                        + " AND action LIKE 'photo.v%'",
                    school.id()))
        .containsExactly("photo.viewed attendance_event " + event);
  }

  @Test
  void the_page_of_the_pupil_leads_to_the_photo_and_only_looking_is_in_the_trail()
      throws Exception {
    String event = entry();
    assertThat(SignedUrls.put(begin(event, "image/jpeg", JPEG.length).json(), "image/jpeg", JPEG))
        .isEqualTo(200);
    assertThat(page("/students/" + ana.id()).text()).doesNotContain("/photos/");
    complete(event);
    assertThat(page("/students/" + ana.id()).text())
        .contains("href=\"/photos/" + event + "\"", "Cada vista queda registrada.");
    assertThat(viewed()).isZero();
    Reply shown = page("/photos/" + event);
    assertThat(shown.status()).isEqualTo(303);
    assertThat(SignedUrls.fetched(shown.header("Location"))).isEqualTo(JPEG);
    assertThat(viewed()).isOne();
    allow(false);
    assertThat(page("/students/" + ana.id()).text()).doesNotContain("/photos/");
  }

  private Reply page(String path) {
    return Reply.of(
        server
            .request(HttpMethod.GET, path)
            .followRedirects(false)
            .putHeader("Cookie", "porteria_session=" + school.login(Role.INSPECTOR))
            .send()
            .await());
  }

  private long viewed() {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM audit_log WHERE school_id = ? AND action = 'photo.viewed'",
            school.id());
  }

  @Test
  void no_photo_is_taken_that_the_school_does_not_allow() {
    allow(false);
    assertThat(begin(entry(), "image/jpeg", 10).status()).isEqualTo(409);
  }

  @Test
  void no_photo_is_taken_without_a_consent_that_stands() {
    TestPupil luis = school.pupil("Luis Soto");
    String event = school.north().in(luis, server.now()).get("event_id");
    assertThat(begin(event, "image/jpeg", 10).get("detail")).contains("No guardian consents");
    expire(server.now());
    assertThat(begin(entry(), "image/jpeg", 10).get("detail")).contains("No guardian consents");
  }

  @Test
  void a_photo_is_not_shown_that_may_not_be_kept_any_more() throws Exception {
    String event = entry();
    assertThat(SignedUrls.put(begin(event, "image/jpeg", JPEG.length).json(), "image/jpeg", JPEG))
        .isEqualTo(200);
    complete(event);
    String photo = "/attendance/photo/" + event;
    allow(false);
    assertThat(school.get(photo).status()).as("the school forbids it").isEqualTo(404);
    allow(true);
    assertThat(school.get(photo).status()).isEqualTo(200);
    expire(server.now());
    assertThat(school.get(photo).status()).as("consent was withdrawn").isEqualTo(404);
    expire(server.now().plusSeconds(1));
    assertThat(school.get(photo).status()).isEqualTo(200);
    server.sql().lines("UPDATE student SET erased_at = now() WHERE id = ?", ana.id());
    assertThat(school.get(photo).status()).as("the pupil was erased").isEqualTo(404);
  }

  @Test
  void only_the_kiosk_that_read_the_card_may_add_its_photo() {
    String event = entry();
    String path = "/attendance/photo/" + event;
    JsonObject wish = wish("image/jpeg", 10);
    assertThat(put(path, school.south().token(), wish).status()).isEqualTo(404);
    assertThat(put(path, server.school().north().token(), wish).status()).isEqualTo(404);
    assertThat(put(path, school.login(Role.ADMIN), wish).status()).isEqualTo(403);
    assertThat(server.get(path, school.north().token()).status()).isEqualTo(403);
    assertThat(server.school().get(path).status()).isEqualTo(404);
  }

  @Test
  void another_type_or_length_than_allowed_is_refused_before_anything_is_signed() {
    String event = entry();
    assertThat(begin(event, "text/html", 10).status()).isEqualTo(400);
    assertThat(begin(event, "image/png", 100_001).text()).contains("1 to 100000 bytes");
    assertThat(begin(event, "image/png", 0).status()).isEqualTo(400);
  }

  @Test
  void the_url_takes_the_announced_type_and_length_once() throws Exception {
    JsonObject upload = begin(entry(), "image/jpeg", JPEG.length).json();
    assertThat(SignedUrls.put(upload, "text/html", JPEG)).isEqualTo(403);
    assertThat(SignedUrls.put(upload, "image/jpeg", new byte[JPEG.length + 1])).isEqualTo(403);
    assertThat(SignedUrls.put(upload, "image/jpeg", JPEG)).isEqualTo(200);
    assertThat(SignedUrls.put(upload, "image/jpeg", JPEG)).as("replayed").isEqualTo(412);
  }

  @Test
  void what_is_no_photo_is_deleted_whatever_it_is_called() throws Exception {
    String event = entry();
    JsonObject upload = begin(event, "image/jpeg", HTML.length).json();
    assertThat(SignedUrls.put(upload, "image/jpeg", HTML)).isEqualTo(200);
    assertThat(complete(event).get("detail")).contains("it was deleted");
    assertThat(school.get("/attendance/photo/" + event).status()).isEqualTo(404);
    assertThat(complete(event).get("detail")).contains("Nothing was uploaded");
    JsonObject again = begin(event, "image/jpeg", JPEG.length).json();
    assertThat(SignedUrls.put(again, "image/jpeg", JPEG)).isEqualTo(200);
    assertThat(complete(event).status()).isEqualTo(200);
    assertThat(begin(event, "image/jpeg", JPEG.length).status()).as("a second").isEqualTo(409);
  }

  @Test
  void who_forgets_to_upload_is_told_and_who_begins_without_end_is_stopped() {
    String event = entry();
    assertThat(complete(event).status()).isEqualTo(404);
    for (int i = 0; i < 5; i++) {
      assertThat(begin(event, "image/jpeg", 10).status()).isEqualTo(200);
    }
    assertThat(complete(event).status()).isEqualTo(409);
    assertThat(begin(event, "image/jpeg", 10).get("detail")).contains("Too many uploads");
  }

  private String entry() {
    server.clock().advance(Duration.ofMinutes(2));
    return school.north().in(ana, server.now()).get("event_id");
  }

  private void allow(boolean allowed) {
    Reply reply =
        put(
            "/attendance/photos/policy",
            school.login(Role.ADMIN),
            new JsonObject().put("allowed", allowed));
    assertThat(reply.status()).isEqualTo(200);
  }

  private void consent(Instant from, Instant until) {
    UUID guardian =
        server.sql().id("SELECT guardian_id FROM student_guardian WHERE student_id = ?", ana.id());
    server
        .sql()
        .lines(
            "INSERT INTO consent (school_id, student_id, guardian_id, scopes, signed_at,"
                + " expires_at) VALUES (?, ?, ?, '{PHOTO}', ?, ?)",
            school.id(),
            ana.id(),
            guardian,
            from.atOffset(ZoneOffset.UTC),
            until.atOffset(ZoneOffset.UTC));
  }

  private void expire(Instant until) {
    server
        .sql()
        .lines(
            "UPDATE consent SET signed_at = ?, expires_at = ? WHERE school_id = ?",
            server.now().minus(Duration.ofDays(9)).atOffset(ZoneOffset.UTC),
            until.atOffset(ZoneOffset.UTC),
            school.id());
  }

  private Reply begin(String event, String type, int bytes) {
    return put("/attendance/photo/" + event, school.north().token(), wish(type, bytes));
  }

  private static JsonObject wish(String type, int bytes) {
    return new JsonObject().put("content_type", type).put("content_length", bytes);
  }

  private Reply complete(String event) {
    return server.post(
        "/attendance/photo/" + event + "/complete", school.north().token(), new JsonObject());
  }

  private Reply put(String path, String token, JsonObject body) {
    return Reply.of(
        server
            .request(HttpMethod.PUT, "/api/v1" + path)
            .bearerTokenAuthentication(token)
            .sendJsonObject(body)
            .await());
  }
}
