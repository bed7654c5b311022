package porteria.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.schedule.Mornings.alarms;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Whose families are told that their child is missing, and whose are not. */
@Telling
@ExtendWith(RunningServerExtension.class)
class NoShowTest {

  private final RunningServer server;
  private final TestSchool school;
  private final Mornings morning;
  private final TestPupil ana;
  private final TestPupil ben;
  private final String anas;
  private final String bens;

  NoShowTest(RunningServer server) {
    this.server = server;
    school = server.school();
    morning = Mornings.next(server);
    ana = school.pupil("Ana Rojas");
    ben = school.pupil("Ben Soto");
    anas = school.watchfulGuardianOf(ana);
    bens = school.watchfulGuardianOf(ben);
  }

  /** The check of a quarter past eight, all gates heard. */
  private void check() {
    morning.moveTo("08:15");
    Mornings.allGatesReport(school);
    await().until(() -> checked(school.course(), morning.day()));
    await().until(() -> Mornings.held(server, school) == 0);
  }

  private boolean checked(UUID course, LocalDate day) {
    return server
            .sql()
            .number(
                "SELECT count(*) FROM planned_check"
                    + " WHERE course_id = ? AND day = ? AND status <> 'PLANNED'",
                course,
                day)
        == 1;
  }

  private void absence(TestPupil pupil, String status) {
    server
        .sql()
        .lines(
            "INSERT INTO absence_request (school_id, student_id, guardian_id, type, from_date,"
                + " to_date, status, submitted_at, resolved_at) SELECT school_id, student_id,"
                + " guardian_id, 'SICKNESS', ?, ?, ?, now(),"
                + " CASE WHEN ? <> 'PENDING' THEN now() END FROM student_guardian"
                + " WHERE student_id = ?",
            morning.day(),
            morning.day(),
            status,
            status,
            pupil.id());
  }

  private Reply except(JsonObject exception) {
    return server.post(
        "/schedules/exceptions",
        school.login(Role.DIRECTOR),
        exception.put("date", morning.day().toString()).put("reason", "Consejo de profesores"));
  }

  @Test
  void who_has_not_entered_by_the_time_and_its_grace_is_missed_and_who_has_is_not() {
    school.north().in(ana, morning.at("07:30"));
    check();
    await().until(() -> alarms(server, bens).size() == 1);
    assertThat(alarms(server, bens).getFirst())
        .startsWith(
            "Sin registro de llegada: Ben Soto no registra ingreso a las 08:15 (entrada a las"
                + " 08:00).");
    assertThat(alarms(server, anas)).isEmpty();
    assertThat(school.totals().getInteger("absent")).isEqualTo(1);
  }

  @Test
  void an_exit_proves_too_that_the_pupil_was_there() {
    school.north().out(ana, morning.at("07:30"));
    check();
    await().until(() -> alarms(server, bens).size() == 1);
    await().until(() -> !server.told(anas).isEmpty());
    assertThat(server.told(anas)).singleElement().asString().contains("Salió");
  }

  @Test
  void an_annulled_entry_proves_nothing() {
    Reply came = school.north().in(ana, morning.at("07:30"));
    school.north().annul(came.get("event_id"));
    check();
    await().until(() -> alarms(server, anas).stream().anyMatch(text -> text.contains("08:15")));
  }

  @Test
  void approved_and_pending_absences_excuse_and_rejected_ones_do_not() {
    TestPupil cara = school.pupil("Cara Díaz");
    String caras = school.watchfulGuardianOf(cara);
    absence(ana, "APPROVED");
    absence(ben, "PENDING");
    absence(cara, "REJECTED");
    check();
    await().until(() -> alarms(server, caras).size() == 1);
    assertThat(alarms(server, anas)).isEmpty();
    assertThat(alarms(server, bens)).isEmpty();
    JsonObject totals = school.totals();
    assertThat(totals.getInteger("excused")).isEqualTo(1);
    assertThat(totals.getInteger("absent")).isEqualTo(2);
  }

  @Test
  void the_inactive_are_not_missed() {
    school.deactivate(ana, morning.at("07:00"));
    check();
    await().until(() -> alarms(server, bens).size() == 1);
    assertThat(alarms(server, anas)).isEmpty();
  }

  @Test
  void nobody_is_missed_on_a_closed_day_or_where_the_weekday_has_no_hours() {
    UUID other = school.course("5.º A", "08:00");
    TestPupil dan = school.pupil("Dan Vera", other);
    String dans = school.watchfulGuardianOf(dan);
    UUID saturdays = school.course("Taller", "08:00");
    server.sql().lines("DELETE FROM schedule WHERE course_id = ?", saturdays);
    String evas = school.watchfulGuardianOf(school.pupil("Eva Lira", saturdays));
    assertThat(
            except(
                    new JsonObject()
                        .put("scope", "COURSE")
                        .put("course_id", school.course().toString())
                        .put("closed", true))
                .status())
        .isEqualTo(201);
    morning.moveTo("08:15");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, dans).size() == 1);
    assertThat(alarms(server, anas)).isEmpty();
    assertThat(alarms(server, evas)).isEmpty();
  }

  @Test
  void an_exception_before_the_check_moves_it_and_one_after_it_alarms_nobody_twice() {
    String course = school.course().toString();
    Reply later =
        except(
            new JsonObject()
                .put("scope", "COURSE")
                .put("course_id", course)
                .put("in_time", "09:00"));
    assertThat(later.status()).isEqualTo(201);
    await().until(() -> dueAt().equals(morning.at("09:15")));
    morning.moveTo("09:15");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, bens).size() == 1);
    withdraw(later.get("id"));
    except(
        new JsonObject().put("scope", "COURSE").put("course_id", course).put("in_time", "10:00"));
    // Another school's alarm at the same time shows that checks were looked for.
    TestSchool witness = server.schoolOfLastYear();
    String other = witness.watchfulGuardianOf(witness.pupil("Eva Lira"));
    morning.moveTo("10:20");
    Mornings.allGatesReport(school);
    Mornings.allGatesReport(witness);
    await().until(() -> alarms(server, other).size() == 1);
    assertThat(alarms(server, bens)).hasSize(1);
    assertThat(alarms(server, anas)).hasSize(1);
  }

  private Instant dueAt() {
    return Instant.ofEpochSecond(
        server
            .sql()
            .number(
                "SELECT coalesce(extract(epoch FROM max(due_at)), 0)::bigint FROM planned_check"
                    + " WHERE course_id = ? AND day = ?",
                school.course(),
                morning.day()));
  }

  @Test
  void who_moves_is_missed_once_and_not_before_the_time_of_the_course_they_came_from() {
    UUID afternoon = school.course("Vespertino", "14:00");
    TestPupil late = school.pupil("Lía Mora", afternoon);
    String lias = school.watchfulGuardianOf(late);
    check();
    await().until(() -> alarms(server, bens).size() == 1);
    morning.moveTo("09:00");
    Mornings.allGatesReport(school);
    move(late, school.course());
    move(ben, afternoon);
    morning.moveTo("09:02");
    Mornings.allGatesReport(school);
    witness("09:04");
    assertThat(alarms(server, lias)).as("still rightly at home").isEmpty();
    morning.moveTo("14:15");
    Mornings.allGatesReport(school);
    await().until(() -> checked(afternoon, morning.day()));
    morning.moveTo("14:17");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, lias).size() == 1);
    assertThat(alarms(server, bens)).hasSize(1);
  }

  /** Until another school's alarm shows that checks were looked for after this time. */
  private void witness(String time) {
    TestSchool other = server.schoolOfLastYear();
    String phone = other.watchfulGuardianOf(other.pupil("Eva Lira"));
    morning.moveTo(time);
    Mornings.allGatesReport(other);
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, phone).size() == 1);
  }

  @Test
  void hours_that_are_changed_after_the_time_they_now_say_alarm_nobody() {
    String later =
        except(new JsonObject().put("scope", "GLOBAL").put("in_time", "10:00")).get("id");
    await().until(() -> dueAt().equals(morning.at("10:15")));
    morning.moveTo("09:00");
    Mornings.allGatesReport(school);
    await().until(() -> planned(morning.at("09:00")));
    withdraw(later);
    witness("09:01");
    assertThat(alarms(server, anas)).isEmpty();
    except(new JsonObject().put("scope", "GLOBAL").put("in_time", "10:30"));
    await().until(() -> dueAt().equals(morning.at("10:45")));
    morning.moveTo("10:45");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, anas).size() == 1);
    assertThat(alarms(server, anas).getFirst()).contains("10:45 (entrada a las 10:30)");
  }

  private boolean planned(Instant at) {
    return server
            .sql()
            .number(
                "SELECT count(*) FROM schedule_plan WHERE school_id = ? AND planned_at >= ?",
                school.id(),
                at.atOffset(ZoneOffset.UTC))
        == 1;
  }

  private void withdraw(String exception) {
    Reply gone =
        Reply.of(
            server
                .request(HttpMethod.DELETE, "/api/v1/schedules/exceptions/" + exception)
                .bearerTokenAuthentication(school.login(Role.DIRECTOR))
                .send()
                .await());
    assertThat(gone.status()).isEqualTo(204);
  }

  @Test
  void hours_that_come_in_the_course_of_the_morning_alarm_nobody_that_day() {
    morning.moveTo("09:00");
    await().until(() -> planned(morning.at("09:00")));
    UUID imported = school.course("6.º A", "08:00");
    String dans = school.watchfulGuardianOf(school.pupil("Dan Vera", imported));
    witness("09:02");
    await().until(() -> checked(imported, morning.day()));
    assertThat(alarms(server, dans)).isEmpty();
  }

  @Test
  void whoever_was_there_by_a_scan_that_is_annulled_after_the_check_is_looked_for_again() {
    morning.moveTo("08:10");
    Reply wrong = school.north().in(ana, morning.at("08:10"));
    check();
    await().until(() -> alarms(server, bens).size() == 1);
    morning.moveTo("08:20");
    Mornings.allGatesReport(school);
    assertThat(school.north().annul(wrong.get("event_id")).status()).isEqualTo(200);
    morning.moveTo("08:22");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, anas).stream().anyMatch(text -> text.contains("08:15")));
    assertThat(alarms(server, bens)).hasSize(1);
  }

  private void move(TestPupil pupil, UUID course) {
    String admin = school.login(Role.ADMIN);
    JsonObject known = server.get("/students/" + pupil.id(), admin).json();
    JsonObject changed =
        new JsonObject()
            .put("full_name", known.getString("full_name"))
            .put("status", "ACTIVE")
            .put("student_number", "N" + pupil.id().toString().substring(28))
            .put("course_id", course.toString())
            .put("guardian_ids", known.getJsonArray("guardian_ids"));
    Reply reply =
        Reply.of(
            server
                .request(HttpMethod.PUT, "/api/v1/students/" + pupil.id())
                .bearerTokenAuthentication(admin)
                .sendJsonObject(changed)
                .await());
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  @Test
  void a_phone_is_told_of_each_missing_child_once_though_two_guardians_share_it() {
    String shared = school.watchfulGuardianOf(ana, ben);
    school.watchfulGuardianOf(shared, ana);
    check();
    await().until(() -> alarms(server, shared).size() == 2);
    assertThat(alarms(server, shared))
        .anyMatch(text -> text.contains("Ana Rojas"))
        .anyMatch(text -> text.contains("Ben Soto"));
  }

  @Test
  void a_school_without_a_kiosk_misses_nobody() {
    server
        .sql()
        .lines("UPDATE device SET revoked_at = '2026-01-02Z' WHERE school_id = ?", school.id());
    morning.moveTo("08:15");
    await().until(() -> checked(school.course(), morning.day()));
    assertThat(server.sql().number("SELECT count(*) FROM no_show WHERE school_id = ?", school.id()))
        .isZero();
  }

  @Test
  void a_check_that_nobody_ran_until_the_end_of_the_day_lapses() {
    morning.moveTo("07:40");
    await().until(() -> dueAt().equals(morning.at("08:15")));
    morning.moveTo("23:00");
    Mornings.allGatesReport(school);
    await().until(() -> checked(school.course(), morning.day()));
    assertThat(server.sql().number("SELECT count(*) FROM no_show WHERE school_id = ?", school.id()))
        .isZero();
  }
}
