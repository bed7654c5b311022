package porteria.absence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/**
 * A guardian asks, an inspector answers, once, and the guardian is told. It is the 10th of June.
 */
@Telling
@ExtendWith(RunningServerExtension.class)
class AbsenceTest {

  private static final String OWN = "/parents/me/absences";

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestParent maria;
  private final String session;

  AbsenceTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    maria = school.parentOf(ana);
    session = maria.signIn();
  }

  @Test
  void what_a_guardian_asks_for_an_inspector_sees() {
    JsonObject wish = wish("2026-06-12", "2026-06-14").put("note", "Viaje\nfamiliar");
    Reply made = server.post(OWN, session, wish);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().fieldNames()).doesNotContain("resolved_at", "reason");
    JsonObject seen = listed("?status=PENDING").getFirst();
    assertThat(seen.getString("id")).isEqualTo(made.get("id"));
    assertThat(seen.getJsonObject("student").getString("full_name")).isEqualTo("Ana Rojas");
    assertThat(seen.getJsonObject("course").getString("name")).isEqualTo("4.º Básico B");
    assertThat(seen.getJsonObject("guardian").getString("full_name")).isEqualTo("María Soto");
    assertThat(seen.getString("note")).isEqualTo("Viaje\nfamiliar");
    assertThat(seen.getString("from") + seen.getString("to")).isEqualTo("2026-06-122026-06-14");
    assertThat(seen.getString("submitted_at")).isEqualTo(server.now().toString());
    assertThat(own(session)).containsExactly(made.json());
  }

  @Test
  void an_approval_is_told_to_who_asked_and_to_nobody_else() {
    TestParent pedro = school.parentOf(ana);
    String id = submitted("2026-06-12", "2026-06-14");
    Reply approved = resolve(id, "approve", new JsonObject());
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    assertThat(approved.get("status")).isEqualTo("APPROVED");
    assertThat(approved.get("resolved_by")).isEqualTo("Julia Paz");
    await().until(() -> !answers(maria).isEmpty());
    assertThat(answers(maria))
        .containsExactly(
            "Tu solicitud de ausencia de Ana Rojas (fecha: 12 de junio de 2026 – 14 de junio de 2026)"
                + " fue aprobada. Si tienes dudas, habla con el colegio.");
    assertThat(server.told(pedro.phone())).isEmpty();
  }

  @Test
  void an_approval_needs_no_words() {
    String path = "/api/v1/absences/" + submitted("2026-06-12", "2026-06-12") + "/approve";
    String inspector = school.login(Role.INSPECTOR);
    Reply approved =
        Reply.of(
            server
                .request(HttpMethod.POST, path)
                .bearerTokenAuthentication(inspector)
                .send()
                .await());
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    assertThat(approved.json().fieldNames()).doesNotContain("reason");
  }

  @Test
  void a_rejection_says_why() {
    String id = submitted("2026-06-12", "2026-06-12");
    assertThat(resolve(id, "reject", new JsonObject()).status()).isEqualTo(400);
    assertThat(resolve(id, "reject", because("Hay una prueba")).status()).isEqualTo(200);
    await().until(() -> !answers(maria).isEmpty());
    assertThat(answers(maria).getFirst())
        .contains("Ana Rojas (fecha: 12 de junio de 2026) fue rechazada (Hay una prueba)");
    assertThat(own(session).getFirst().getString("reason")).isEqualTo("Hay una prueba");
  }

  @Test
  void who_has_no_phone_is_told_by_mail_in_their_language() {
    String mailbox = "m" + maria.phone() + "@example.org";
    server
        .sql()
        .lines(
            "UPDATE guardian_contact SET channel = 'EMAIL', address = ? WHERE guardian_id = ?",
            mailbox,
            maria.id());
    server.sql().lines("UPDATE guardian SET language = 'pt' WHERE id = ?", maria.id());
    resolve(submitted("2026-06-12", "2026-06-12"), "approve", because("Boa viagem"));
    await().until(() -> !server.told(mailbox).isEmpty());
    assertThat(server.told(mailbox).getFirst())
        .contains("Ana Rojas (12 de junho de 2026) foi aprovado (Boa viagem)");
  }

  @Test
  void a_request_is_resolved_once() {
    String id = submitted("2026-06-12", "2026-06-12");
    resolve(id, "approve", new JsonObject());
    for (String act : List.of("approve", "reject")) {
      Reply late = resolve(id, act, because("otra vez"));
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.get("detail")).contains("approved already");
    }
    assertThat(withdraw(session, id).status()).isEqualTo(409);
    assertThat(listed("").getFirst().getString("status")).isEqualTo("APPROVED");
  }

  @Test
  void of_inspectors_who_resolve_at_once_one_succeeds() {
    String id = submitted("2026-06-12", "2026-06-12");
    String inspector = school.login(Role.INSPECTOR);
    String director = school.login(Role.DIRECTOR);
    List<Future<Reply>> sent =
        Stream.of(inspector, director, inspector, director)
            .map(token -> server.posted("/absences/" + id + "/reject", token, because("a la vez")))
            .toList();
    assertThat(sent.stream().map(reply -> reply.await().status()))
        .containsExactlyInAnyOrder(200, 409, 409, 409);
    assertThat(audited()).containsExactly("absence.submitted", "absence.rejected");
  }

  @Test
  void of_requests_for_the_same_day_sent_at_once_one_is_kept() {
    List<Future<Reply>> sent =
        Stream.of("2026-06-10", "2026-06-11", "2026-06-12")
            .map(from -> server.posted(OWN, session, wish(from, "2026-06-12")))
            .toList();
    assertThat(sent.stream().map(reply -> reply.await().status()))
        .containsExactlyInAnyOrder(201, 409, 409);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-14, 2026-06-20, 409",
    "2026-06-01, 2026-06-12, 409",
    "2026-06-13, 2026-06-13, 409",
    "2026-06-15, 2026-06-15, 201",
    "2026-06-11, 2026-06-11, 201"
  })
  void days_that_another_request_covers_are_refused(String from, String to, int status) {
    submitted("2026-06-12", "2026-06-14");
    Reply other = server.post(OWN, session, wish(from, to));
    assertThat(other.status()).isEqualTo(status);
    if (status == 409) {
      assertThat(other.get("detail")).contains("2026-06-12 to 2026-06-14");
    }
  }

  @Test
  void days_of_a_withdrawn_or_rejected_request_are_free_again() {
    String withdrawn = submitted("2026-06-12", "2026-06-12");
    Reply reply = withdraw(session, withdrawn);
    assertThat(reply.get("status")).isEqualTo("WITHDRAWN");
    resolve(submitted("2026-06-12", "2026-06-12"), "reject", because("Hay una prueba"));
    submitted("2026-06-12", "2026-06-12");
    assertThat(withdraw(session, withdrawn).status()).isEqualTo(409);
    assertThat(resolve(withdrawn, "approve", new JsonObject()).status()).isEqualTo(409);
  }

  @Test
  void brother_and_sister_may_be_absent_on_the_same_day() {
    TestPupil luis = school.pupil("Luis Rojas");
    TestParent both = school.parentOf(ana, luis);
    String token = both.signIn();
    for (TestPupil child : List.of(ana, luis)) {
      JsonObject wish = wish("2026-06-12", "2026-06-12").put("student_id", child.id().toString());
      assertThat(server.post(OWN, token, wish).status()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-05-11, 2026-05-11, 201",
    "2026-05-10, 2026-05-11, 400",
    "2027-06-10, 2027-06-10, 201",
    "2027-06-11, 2027-06-11, 400",
    "2026-06-12, 2026-06-11, 400",
    "2026-06-12, 2026-08-10, 201",
    "2026-06-12, 2026-08-11, 400",
    "2026-02-30, 2026-03-01, 400"
  })
  void days_have_bounds(String from, String to, int status) {
    assertThat(server.post(OWN, session, wish(from, to)).status()).isEqualTo(status);
  }

  @Test
  void days_are_those_of_the_school() {
    server.clock().advance(Duration.ofHours(16));
    assertThat(server.now()).as("past midnight in London only").hasToString("2026-06-11T03:30:00Z");
    assertThat(server.post(OWN, session, wish("2026-05-11", "2026-05-11")).status()).isEqualTo(201);
  }

  @Test
  void children_and_requests_of_others_are_not_there() {
    TestPupil stranger = school.pupil("Eva Mora");
    TestParent other = school.parentOf(stranger);
    TestPupil elsewhere = server.school().pupil("Ema Soto");
    for (UUID foreign : List.of(stranger.id(), elsewhere.id(), UUID.randomUUID())) {
      JsonObject wish = wish("2026-06-12", "2026-06-12").put("student_id", foreign.toString());
      assertThat(server.post(OWN, session, wish).status()).isEqualTo(404);
    }
    String id = submitted("2026-06-12", "2026-06-12");
    String token = other.signIn();
    assertThat(own(token)).isEmpty();
    assertThat(withdraw(token, id).status()).isEqualTo(404);
    TestSchool far = server.school();
    assertThat(far.get("/absences").list("items")).isEmpty();
    String inspector = far.login(Role.INSPECTOR);
    assertThat(server.post("/absences/" + id + "/approve", inspector, because("no va")).status())
        .isEqualTo(404);
    assertThat(server.get("/absences/" + id + "/attachment", inspector).status()).isEqualTo(404);
    assertThat(listed("").getFirst().getString("status")).isEqualTo("PENDING");
  }

  @Test
  void another_guardian_of_the_child_knows_of_the_absence_but_not_the_words() {
    String id = submitted("2026-06-12", "2026-06-12");
    resolve(id, "reject", because("Hay una prueba"));
    String token = school.parentOf(ana).signIn();
    JsonObject seen = own(token).getFirst();
    assertThat(seen.getBoolean("mine")).isFalse();
    assertThat(seen.getString("status")).isEqualTo("REJECTED");
    assertThat(seen.fieldNames()).doesNotContain("note", "reason", "attached");
    assertThat(withdraw(token, id).status()).isEqualTo(404);
  }

  @Test
  void who_answers_for_the_child_no_more_sees_and_withdraws_nothing() {
    String id = submitted("2026-06-12", "2026-06-12");
    server.sql().lines("DELETE FROM student_guardian WHERE guardian_id = ?", maria.id());
    assertThat(own(session)).isEmpty();
    assertThat(withdraw(session, id).status()).isEqualTo(404);
  }

  @Test
  void staff_find_requests_by_status_pupil_and_days_page_by_page() {
    String first = submitted("2026-06-12", "2026-06-14");
    String second = submitted("2026-06-20", "2026-06-20");
    resolve(second, "approve", new JsonObject());
    assertThat(ids("?status=PENDING")).containsExactly(first);
    assertThat(ids("?status=APPROVED")).containsExactly(second);
    assertThat(ids("?student_id=" + ana.id())).containsExactly(second, first);
    assertThat(ids("?student_id=" + school.pupil("Eva").id())).isEmpty();
    assertThat(ids("?from=2026-06-14&to=2026-06-19")).containsExactly(first);
    assertThat(ids("?from=2026-06-15")).containsExactly(second);
    assertThat(school.get("/absences?from=yesterday").status()).isEqualTo(400);
    Reply page = school.get("/absences?limit=1");
    assertThat(page.list("items")).hasSize(1);
    assertThat(ids("?limit=1&cursor=" + page.get("next_cursor"))).containsExactly(first);
  }

  @Test
  void what_is_done_is_in_the_trail_without_what_anybody_wrote() {
    resolve(submitted("2026-06-12", "2026-06-12"), "reject", because("Hay una prueba"));
    withdraw(session, submitted("2026-06-13", "2026-06-13"));
    assertThat(audited())
        .containsExactly(
            "absence.submitted", "absence.rejected", "absence.submitted", "absence.withdrawn");
    assertThat(
            server.sql().lines("SELECT a::text FROM audit_log a WHERE school_id = ?", school.id()))
        .noneMatch(entry -> entry.contains("prueba") || entry.contains("consulta"));
  }

  @Test
  void of_an_erased_pupil_no_words_are_left_and_nothing_waits() {
    String rejected = submitted("2026-06-12", "2026-06-12");
    resolve(rejected, "reject", because("Hay una prueba"));
    submitted("2026-06-13", "2026-06-13");
    JsonObject reason = new JsonObject().put("reason", "REQUESTED");
    Reply erased =
        server.post("/students/" + ana.id() + "/erase", school.login(Role.ADMIN), reason);
    assertThat(erased.status()).as(erased.text()).isEqualTo(200);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT status, note, resolution_reason FROM absence_request"
                        + " WHERE school_id = ? ORDER BY id",
                    school.id()))
        .containsExactly("REJECTED null null", "WITHDRAWN null null");
    assertThat(ids("")).isEmpty();
  }

  @Test
  void of_an_erased_guardian_no_words_are_left() {
    submitted("2026-06-13", "2026-06-13");
    JsonObject reason = new JsonObject().put("reason", "REQUESTED");
    server.post("/guardians/" + maria.id() + "/erase", school.login(Role.ADMIN), reason);
    assertThat(listed("").getFirst().fieldNames()).doesNotContain("note");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\": \"HOLIDAYS\"}",
        "{\"note\": \"\"}",
        "{\"from\": \"12.06.2026\"}",
        "{\"status\": \"APPROVED\"}"
      })
  void nonsense_is_refused(String part) {
    JsonObject body =
        part.equals("{}")
            ? new JsonObject()
            : wish("2026-06-12", "2026-06-12").mergeIn(new JsonObject(part));
    assertThat(server.post(OWN, session, body).status()).isEqualTo(400);
  }

  private JsonObject wish(String from, String to) {
    return new JsonObject()
        .put("student_id", ana.id().toString())
        .put("type", "MEDICAL")
        .put("from", from)
        .put("to", to)
        .put("note", "Tiene consulta");
  }

  private String submitted(String from, String to) {
    Reply made = server.post(OWN, session, wish(from, to));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.get("id");
  }

  private Reply resolve(String id, String act, JsonObject body) {
    return server.post("/absences/" + id + "/" + act, school.login(Role.INSPECTOR), body);
  }

  private Reply withdraw(String token, String id) {
    return server.post(OWN + "/" + id + "/withdraw", token, new JsonObject());
  }

  private List<JsonObject> own(String token) {
    return server.get(OWN, token).list("items");
  }

  private List<JsonObject> listed(String query) {
    return school.get("/absences" + query).list("items");
  }

  private List<String> ids(String query) {
    return listed(query).stream().map(request -> request.getString("id")).toList();
  }

  private List<String> answers(TestParent parent) {
    return server.told(parent.phone()).stream().filter(text -> text.contains("solicitud")).toList();
  }

  private List<String> audited() {
    return server
        .sql()
        .lines(
            "SELECT action FROM audit_log WHERE school_id = ? AND entity = 'absence_request'"
                + " ORDER BY seq",
            school.id());
  }

  private static JsonObject because(String reason) {
    return new JsonObject().put("reason", reason);
  }
}
