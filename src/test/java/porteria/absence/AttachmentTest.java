package porteria.absence;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.SignedUrls;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** A certificate goes to the S3 server and is seen by who decides. */
@ExtendWith(TestServersExtension.class)
class AttachmentTest {

  private static final byte[] PDF = "%PDF-1.7 ...".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HTML = "<html>hallo!".getBytes(StandardCharsets.US_ASCII);
  private static final String OWN = "/parents/me/absences";

  private static @Nullable RunningServer started;

  private final RunningServer server = running();
  private final TestSchool school = server.school();
  private final TestPupil ana = school.pupil("Ana Rojas");
  private final TestParent maria = school.parentOf(ana);
  private final String session = maria.signIn();
  private final String request = submit();

  private static RunningServer running() {
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  @BeforeAll
  static void start(TestServers servers) {
    started = RunningServer.tellingAndKeepingFiles(servers);
  }

  @AfterAll
  static void stop() {
    running().close();
  }

  @Test
  void what_a_guardian_attaches_staff_see_and_each_view_is_in_the_trail() throws Exception {
    attach(PDF);
    JsonObject listed = school.get("/absences").list("items").getFirst();
    assertThat(listed.getBoolean("attached")).isTrue();
    Reply view = school.get("/absences/" + request + "/attachment");
    assertThat(SignedUrls.fetched(view.get("url"))).isEqualTo(PDF);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT action, actor_kind FROM audit_log WHERE school_id = ?"
                        + " AND entity_id = ? ORDER BY seq",
                    school.id(),
                    request))
        .containsExactly(
            "absence.submitted GUARDIAN",
            "absence.attached GUARDIAN",
            "absence.attachment_viewed STAFF");
  }

  @Test
  void the_inbox_of_staff_leads_to_the_document() throws Exception {
    attach(PDF);
    assertThat(page("/absences").text()).contains("href=\"/absences/" + request + "/document\"");
    Reply shown = page("/absences/" + request + "/document");
    assertThat(shown.status()).isEqualTo(303);
    assertThat(SignedUrls.fetched(shown.header("Location"))).isEqualTo(PDF);
    assertThat(page("/absences/" + school.id() + "/document").header("Location"))
        .isEqualTo("/absences?notice=gone");
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

  @Test
  void to_say_it_again_answers_the_same_and_a_second_document_is_refused() throws Exception {
    String first = attach(PDF).text();
    assertThat(complete().text()).isEqualTo(first);
    assertThat(begin("application/pdf", 10).status()).isEqualTo(409);
  }

  @Test
  void what_is_not_as_announced_is_deleted() throws Exception {
    JsonObject upload = begun("application/pdf", HTML.length);
    assertThat(SignedUrls.put(upload, "application/pdf", HTML)).isEqualTo(200);
    assertThat(complete().get("detail")).contains("it was deleted");
    assertThat(complete().get("detail")).contains("Nothing was uploaded");
    assertThat(school.get("/absences/" + request + "/attachment").status()).isEqualTo(404);
    assertThat(school.get("/absences").list("items").getFirst().getBoolean("attached")).isFalse();
  }

  @Test
  void the_url_takes_the_announced_type_and_length_alone() throws Exception {
    JsonObject upload = begun("application/pdf", PDF.length);
    assertThat(SignedUrls.put(upload, "text/html", PDF)).isEqualTo(403);
    assertThat(SignedUrls.put(upload, "application/pdf", new byte[PDF.length + 1])).isEqualTo(403);
    assertThat(SignedUrls.put(upload, "application/pdf", PDF)).isEqualTo(200);
  }

  @Test
  void other_types_and_lengths_are_refused_before_anything_is_signed() {
    assertThat(begin("text/html", 10).status()).isEqualTo(400);
    assertThat(begin("image/png", 5 * 1024 * 1024 + 1).status()).isEqualTo(400);
    assertThat(begin("image/png", 0).status()).isEqualTo(400);
    assertThat(begin("image/png", 5 * 1024 * 1024).status()).isEqualTo(200);
  }

  @Test
  void only_who_submitted_the_request_attaches_and_only_while_it_is_pending() {
    String pedro = school.parentOf(ana).signIn();
    assertThat(begin(pedro, "image/png", 10).status()).isEqualTo(404);
    assertThat(complete(pedro).status()).isEqualTo(404);
    assertThat(complete().status()).as("nothing was begun").isEqualTo(404);
    server.post(
        "/absences/" + request + "/approve", school.login(Role.INSPECTOR), new JsonObject());
    assertThat(begin("image/png", 10).status()).isEqualTo(409);
  }

  @Test
  void who_begins_without_end_is_stopped() {
    for (int i = 0; i < 5; i++) {
      assertThat(begin("image/png", 10).status()).isEqualTo(200);
    }
    assertThat(begin("image/png", 10).get("detail")).contains("Too many uploads");
  }

  @Test
  void a_document_is_not_shown_that_has_no_purpose_any_more() throws Exception {
    attach(PDF);
    String path = "/absences/" + request + "/attachment";
    assertThat(school.get(path).status()).isEqualTo(200);
    server.post(OWN + "/" + request + "/withdraw", session, new JsonObject());
    assertThat(school.get(path).status()).as("withdrawn").isEqualTo(404);
    server
        .sql()
        .lines("UPDATE absence_request SET status = 'APPROVED' WHERE id::text = ?", request);
    assertThat(school.get(path).status()).isEqualTo(200);
    server.post(
        "/students/" + ana.id() + "/erase",
        school.login(Role.ADMIN),
        new JsonObject().put("reason", "REQUESTED"));
    assertThat(school.get(path).status()).as("erased").isEqualTo(404);
  }

  private String submit() {
    return server
        .post(
            OWN,
            session,
            new JsonObject()
                .put("student_id", ana.id().toString())
                .put("type", "SICKNESS")
                .put("from", "2026-06-10")
                .put("to", "2026-06-10"))
        .get("id");
  }

  private Reply attach(byte[] document) throws Exception {
    JsonObject upload = begun("application/pdf", document.length);
    assertThat(SignedUrls.put(upload, "application/pdf", document)).isEqualTo(200);
    Reply complete = complete();
    assertThat(complete.status()).as(complete.text()).isEqualTo(200);
    return complete;
  }

  private JsonObject begun(String type, int bytes) {
    Reply begun = begin(type, bytes);
    assertThat(begun.status()).as(begun.text()).isEqualTo(200);
    return begun.json();
  }

  private Reply begin(String type, int bytes) {
    return begin(session, type, bytes);
  }

  private Reply begin(String token, String type, int bytes) {
    return server.post(
        OWN + "/" + request + "/attachment",
        token,
        new JsonObject().put("content_type", type).put("content_length", bytes));
  }

  private Reply complete() {
    return complete(session);
  }

  private Reply complete(String token) {
    return server.post(OWN + "/" + request + "/attachment/complete", token, new JsonObject());
  }
}
