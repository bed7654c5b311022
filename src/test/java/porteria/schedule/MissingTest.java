package porteria.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.schedule.Mornings.alarms;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.LiveSocket;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Who is missing, and what staff do about it: call, excuse, take that back, send one alarm. */
@Telling
@ExtendWith(RunningServerExtension.class)
class MissingTest {

  private final RunningServer server;
  private final TestSchool school;
  private final Mornings morning;
  private final TestPupil ana;
  private final TestPupil ben;

  MissingTest(RunningServer server) {
    this.server = server;
    school = server.school();
    morning = Mornings.next(server);
    ana = school.pupil("Ana Rojas");
    ben = school.pupil("Ben Soto");
  }

  @Test
  void before_a_course_begins_nobody_of_it_is_missing() {
    TestPupil early = school.pupil("Zoe Paz", school.course("8.º Básico", "07:00"));
    assertThat(names()).containsExactly(early.fullName());
    morning.moveTo("08:00");
    assertThat(names()).containsExactly("Ana Rojas", "Ben Soto", "Zoe Paz");
    school.north().in(ben, morning.at("07:50"));
    assertThat(names()).containsExactly("Ana Rojas", "Zoe Paz");
    assertThat(missing("?date=" + morning.day().minusDays(1)).list("items"))
        .as("of a day that is over all who were expected")
        .hasSize(3);
  }

  @Test
  void it_says_whom_to_call_and_how_far_the_alarm_has_come() {
    String phone = school.watchfulGuardianOf(ana);
    school.guardianOf(ben, "56987650001", "Pedro Soto");
    morning.moveTo("08:05");
    assertThat(states()).containsExactly("NONE", "NONE");
    JsonObject guardian = item(ana).getJsonArray("guardians").getJsonObject(0);
    assertThat(guardian)
        .isEqualTo(new JsonObject().put("full_name", "María Soto").put("phone", "+" + phone));
    assertThat(item(ana).getString("in_time")).isEqualTo("08:00");
    morning.moveTo("08:15");
    Mornings.allGatesReport(school);
    await().until(() -> !alarms(server, phone).isEmpty());
    await().untilAsserted(() -> assertThat(states()).containsExactly("DELIVERED", "UNWANTED"));
    for (String state : List.of("SENT", "READ", "FAILED")) {
      server
          .sql()
          .lines("UPDATE notification SET status = ? WHERE student_id = ?", state, ana.id());
      assertThat(states()).containsExactly(state, "UNWANTED");
    }
    assertThat(item(ana).getJsonObject("alarm").getString("raised_at"))
        .isEqualTo(morning.at("08:15").toString());
  }

  @Test
  void pages_have_no_gap_and_no_repeat() {
    UUID other = school.course("1.º Básico A", "07:00");
    for (int i = 0; i < 5; i++) {
      school.pupil("Pupil " + i, other);
    }
    morning.moveTo("08:05");
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Reply page = missing("?limit=3" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      page.list("items")
          .forEach(item -> seen.add(item.getJsonObject("student").getString("full_name")));
      cursor = page.json().getString("next_cursor");
    }
    assertThat(seen)
        .containsExactly(
            "Pupil 0", "Pupil 1", "Pupil 2", "Pupil 3", "Pupil 4", "Ana Rojas", "Ben Soto");
  }

  @Test
  void who_is_excused_is_missing_no_more_and_the_dashboards_hear_of_it_at_once() {
    morning.moveTo("08:05");
    LiveSocket dashboard = LiveSocket.open(server, school.login(Role.INSPECTOR), school.id());
    Reply excused = excuse(ana);
    assertThat(excused.status()).as(excused.text()).isEqualTo(201);
    assertThat(excused.get("status")).isEqualTo("APPROVED");
    assertThat(excused.get("resolved_by")).isEqualTo("Julia Paz");
    assertThat(excused.json().containsKey("guardian")).isFalse();
    assertThat(names()).containsExactly("Ben Soto");
    await()
        .until(
            () ->
                dashboard.news().stream()
                    .map(frame -> frame.getJsonObject("totals"))
                    .anyMatch(totals -> totals.getInteger("excused") == 1));
    assertThat(excuse(ana).status()).as("it is there already").isEqualTo(409);
    assertThat(excuse(server.school().pupil("Foreign")).status()).isEqualTo(404);
    assertThat(actions()).containsExactly("absence.excused");
  }

  @Test
  void who_is_excused_by_mistake_is_missed_again() {
    String phone = school.watchfulGuardianOf(ana);
    String id = excuse(ana).get("id");
    morning.moveTo("08:15");
    Mornings.allGatesReport(school);
    await().until(() -> checked() == 1);
    assertThat(revoke(id).get("status")).isEqualTo("WITHDRAWN");
    assertThat(names()).contains("Ana Rojas");
    assertThat(revoke(id).status()).isEqualTo(409);
    // The next plan looks for her.
    morning.moveTo("08:17");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, phone).size() == 1);
    assertThat(actions()).containsExactly("absence.revoked", "absence.excused");
  }

  @Test
  void whose_family_takes_its_request_back_is_missed_again() {
    String phone = school.watchfulGuardianOf(ana);
    String parent = school.parentOf(ana).signIn();
    String id = ask(parent).get("id");
    lookFor("08:15");
    assertThat(alarms(server, phone)).isEmpty();
    String withdraw = "/parents/me/absences/" + id + "/withdraw";
    assertThat(server.post(withdraw, parent, new JsonObject()).get("status"))
        .isEqualTo("WITHDRAWN");
    missed(phone);
  }

  @Test
  void whose_request_is_rejected_is_missed_again() {
    String phone = school.watchfulGuardianOf(ana);
    String id = ask(school.parentOf(ana).signIn()).get("id");
    lookFor("08:15");
    assertThat(alarms(server, phone)).isEmpty();
    Reply rejected =
        server.post(
            "/absences/" + id + "/reject",
            school.login(Role.INSPECTOR),
            new JsonObject().put("reason", "Hoy hay prueba"));
    assertThat(rejected.get("status")).isEqualTo("REJECTED");
    missed(phone);
  }

  /** The hour comes and everybody was looked for. */
  private void lookFor(String hour) {
    morning.moveTo(hour);
    Mornings.allGatesReport(school);
    await().until(() -> checked() == 1);
  }

  private void missed(String phone) {
    morning.moveTo("08:17");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, phone).size() == 1);
  }

  /** A request that Ana may be absent today. */
  private Reply ask(String parent) {
    return server.post(
        "/parents/me/absences",
        parent,
        new JsonObject()
            .put("student_id", ana.id().toString())
            .put("type", "SICKNESS")
            .put("from", morning.day().toString())
            .put("to", morning.day().toString()));
  }

  @Test
  void what_a_guardian_asked_for_staff_cannot_take_back() {
    Reply asked = ask(school.parentOf(ana).signIn());
    morning.moveTo("08:05");
    assertThat(item(ana).getString("pending_absence_id")).isEqualTo(asked.get("id"));
    assertThat(excuse(ana).status()).isEqualTo(409);
    server.post(
        "/absences/" + asked.get("id") + "/approve",
        school.login(Role.INSPECTOR),
        new JsonObject());
    assertThat(revoke(asked.get("id")).status()).isEqualTo(409);
    assertThat(names()).doesNotContain("Ana Rojas");
  }

  @Test
  void a_family_sees_what_staff_excused_but_not_as_its_own() {
    TestParent parent = school.parentOf(ana);
    String session = parent.signIn();
    excuse(ana);
    JsonObject seen = server.get("/parents/me/absences", session).list("items").getFirst();
    assertThat(seen.getBoolean("mine")).isFalse();
    assertThat(seen.getString("status")).isEqualTo("APPROVED");
  }

  @Test
  void the_director_may_send_one_held_alarm_and_leave_the_others() {
    String anas = school.watchfulGuardianOf(ana);
    String bens = school.watchfulGuardianOf(ben);
    morning.moveTo("08:00");
    school.south().report(0);
    morning.moveTo("08:15");
    school.north().report(0);
    await().untilAsserted(() -> assertThat(states()).containsExactly("HELD", "HELD"));
    JsonObject anaAlone = new JsonObject().put("student_id", ana.id().toString());
    assertThat(release(Role.INSPECTOR, anaAlone).status()).isEqualTo(403);
    assertThat(release(Role.DIRECTOR, anaAlone).json())
        .isEqualTo(new JsonObject().put("raised", 1).put("dropped", 0));
    await().until(() -> alarms(server, anas).size() == 1);
    assertThat(Mornings.held(server, school)).isEqualTo(1);
    assertThat(alarms(server, bens)).isEmpty();
    // Excusing drops what is held.
    excuse(ben);
    await().until(() -> Mornings.held(server, school) == 0);
    assertThat(alarms(server, bens)).isEmpty();
  }

  @Test
  void another_school_sees_nothing_of_it() {
    morning.moveTo("08:05");
    TestSchool other = server.school();
    assertThat(other.get("/attendance/missing").list("items")).isEmpty();
    String id = excuse(ana).get("id");
    assertThat(
            server
                .post("/absences/" + id + "/revoke", other.login(Role.INSPECTOR), new JsonObject())
                .status())
        .isEqualTo(404);
  }

  private Reply missing(String query) {
    return school.get("/attendance/missing" + query);
  }

  private List<String> names() {
    return missing("").list("items").stream()
        .map(item -> item.getJsonObject("student").getString("full_name"))
        .toList();
  }

  private List<String> states() {
    return missing("").list("items").stream()
        .map(item -> item.getJsonObject("alarm").getString("state"))
        .toList();
  }

  private JsonObject item(TestPupil pupil) {
    return missing("").list("items").stream()
        .filter(item -> item.getJsonObject("student").getString("id").equals(pupil.id().toString()))
        .findFirst()
        .orElseThrow();
  }

  private Reply excuse(TestPupil pupil) {
    return server.post(
        "/absences",
        school.login(Role.INSPECTOR),
        new JsonObject()
            .put("student_id", pupil.id().toString())
            .put("type", "OTHER")
            .put("from", morning.day().toString())
            .put("to", morning.day().toString()));
  }

  private Reply revoke(String id) {
    return server.post(
        "/absences/" + id + "/revoke", school.login(Role.INSPECTOR), new JsonObject());
  }

  private Reply release(Role role, JsonObject body) {
    return server.post("/attendance/alarms/release", school.login(role), body);
  }

  private long checked() {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM planned_check WHERE school_id = ? AND day = ?::date"
                + " AND status = 'DONE'",
            school.id(),
            morning.day().toString());
  }

  private List<String> actions() {
    return server
        .get("/audit?entity=absence_request", school.login(Role.DIRECTOR))
        .list("items")
        .stream()
        .map(item -> item.getString("action"))
        .toList();
  }
}
