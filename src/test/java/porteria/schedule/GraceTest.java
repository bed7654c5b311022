package porteria.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.schedule.Mornings.alarms;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestSchool;

/** How long a school waits after the time of entry before it looks for the missing. */
@Telling
@ExtendWith(RunningServerExtension.class)
class GraceTest {

  private final RunningServer server;
  private final TestSchool school;
  private final Mornings morning;
  private final String phone;

  GraceTest(RunningServer server) {
    this.server = server;
    school = server.school();
    morning = Mornings.next(server);
    phone = school.watchfulGuardianOf(school.pupil("Ana Rojas"));
  }

  @Test
  void a_school_waits_its_own_grace_and_another_the_operators() {
    TestSchool other = server.schoolOfLastYear();
    String others = other.watchfulGuardianOf(other.pupil("Eva Lira"));
    grace(30);
    await().until(() -> dueAt().equals(morning.at("08:30")));
    morning.moveTo("08:15");
    Mornings.allGatesReport(school);
    Mornings.allGatesReport(other);
    await().until(() -> alarms(server, others).size() == 1);
    assertThat(status()).isEqualTo("PLANNED");
    morning.moveTo("08:30");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, phone).size() == 1);
    assertThat(alarms(server, phone).getFirst())
        .contains("no registra ingreso a las 08:30 (entrada a las 08:00)");
  }

  @Test
  void a_shorter_grace_whose_time_is_past_runs_the_check_at_once_and_no_change_alarms_again() {
    grace(60);
    await().until(() -> dueAt().equals(morning.at("09:00")));
    morning.moveTo("08:20");
    Mornings.allGatesReport(school);
    await().until(() -> planned().equals(morning.at("08:20")));
    grace(10);
    await().until(() -> alarms(server, phone).size() == 1);
    assertThat(alarms(server, phone).getFirst()).contains("a las 08:10 (entrada a las 08:00)");
    grace(45);
    TestSchool witness = server.schoolOfLastYear();
    String other = witness.watchfulGuardianOf(witness.pupil("Eva Lira"));
    morning.moveTo("08:50");
    Mornings.allGatesReport(school);
    Mornings.allGatesReport(witness);
    await().until(() -> alarms(server, other).size() == 1);
    assertThat(alarms(server, phone)).hasSize(1);
    assertThat(status()).isEqualTo("DONE");
  }

  @Test
  void an_alarm_that_is_held_back_waits_for_the_longer_grace_too() {
    morning.moveTo("08:15");
    await().until(() -> Mornings.held(server, school) == 1);
    grace(30);
    await().until(() -> Mornings.held(server, school) == 0);
    assertThat(alarms(server, phone)).isEmpty();
    morning.moveTo("08:30");
    Mornings.allGatesReport(school);
    await().until(() -> alarms(server, phone).size() == 1);
    assertThat(alarms(server, phone).getFirst()).contains("a las 08:30");
  }

  private void grace(int minutes) {
    Reply kept =
        Reply.of(
            server
                .request(HttpMethod.PUT, "/api/v1/school")
                .bearerTokenAuthentication(school.login(Role.ADMIN))
                .sendJsonObject(
                    new JsonObject()
                        .put("name", "Colegio de Prueba")
                        .put("country", "CL")
                        .put("timezone", "America/Santiago")
                        .put("language", "es")
                        .put("grace_minutes", minutes))
                .await());
    assertThat(kept.status()).as(kept.text()).isEqualTo(200);
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

  private Instant planned() {
    return Instant.ofEpochSecond(
        server
            .sql()
            .number(
                "SELECT extract(epoch FROM planned_at)::bigint FROM schedule_plan"
                    + " WHERE school_id = ?",
                school.id()));
  }

  private String status() {
    return server
        .sql()
        .lines(
            "SELECT status FROM planned_check WHERE course_id = ? AND day = ?",
            school.course(),
            morning.day())
        .getFirst();
  }
}
