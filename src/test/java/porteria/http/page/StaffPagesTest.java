package porteria.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPhone;
import porteria.testkit.TestSchool;

/** What pages of staff answer to whom. */
@Telling
@ExtendWith(RunningServerExtension.class)
class StaffPagesTest {

  private final RunningServer server;
  private final TestSchool school;

  StaffPagesTest(RunningServer server) {
    this.server = server;
    school = server.school();
  }

  private TestPhone browser(Role role) {
    TestPhone browser = new TestPhone(server);
    browser.put("porteria_session", "/", school.login(role));
    return browser;
  }

  @ParameterizedTest
  @CsvSource({
    "/students?q=%00, 100 letras",
    "/students?q=a%0Ab, 100 letras",
    "/audit?from=ayer, 2026-06-12",
    "/audit?to=99999-01-01, 2026-06-12",
    "/audit?from=%00, 2026-06-12",
    "/schedules?month=2026-13, 2026-06.",
    "/schedules?month=+999999-01, 2026-06.",
    "/schedules/new?date=2026-02-30, 2026-06-12",
  })
  void an_address_that_cannot_be_is_answered_with_what_is_allowed(String path, String allowed) {
    Reply page = browser(Role.ADMIN).get(path);
    assertThat(page.status()).as(page.text()).isEqualTo(400);
    assertThat(page.text()).contains("pide algo que no se entiende", allowed);
  }

  @Test
  void a_search_is_as_long_as_the_contract_has_it() {
    TestPhone browser = browser(Role.INSPECTOR);
    assertThat(browser.get("/students?q=" + "x".repeat(100)).status()).isEqualTo(200);
    assertThat(browser.get("/students?q=" + "x".repeat(101)).status()).isEqualTo(400);
    assertThat(browser.get("/students?q=").status()).isEqualTo(200);
    assertThat(browser(Role.ADMIN).get("/audit?from=&to=2026-06-12").status()).isEqualTo(200);
  }

  @Test
  void a_week_of_usual_hours_is_saved_at_once_or_not_at_all() {
    server.sql().lines("DELETE FROM schedule WHERE course_id = ?", school.course());
    Map<String, String> week = new HashMap<>();
    for (int day = 0; day < 7; day++) {
      week.put("in_" + day, "08:00");
      week.put("out_" + day, "15:30");
    }
    String path = "/schedules/base/" + school.course();
    TestPhone browser = browser(Role.ADMIN);
    assertThat(browser.send("/settings", path, week).header("Location"))
        .isEqualTo("/schedules?notice=base");
    assertThat(transactions()).isEqualTo(1);
    week.put("in_0", "09:00");
    week.put("in_5", "");
    week.put("out_5", "");
    browser.send("/settings", path, week);
    assertThat(hours())
        .containsExactly(
            "0 09:00:00", "1 08:00:00", "2 08:00:00", "3 08:00:00", "4 08:00:00", "6 08:00:00");
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT action, count(*) FROM audit_log WHERE school_id = ?"
                        + " AND entity = 'schedule' GROUP BY action ORDER BY action",
                    school.id()))
        .containsExactly("schedule.changed 1", "schedule.created 7", "schedule.removed 1");
  }

  private long transactions() {
    return server
        .sql()
        .number(
            "SELECT count(DISTINCT xmin::text) FROM schedule WHERE course_id = ?", school.course());
  }

  private List<String> hours() {
    return server
        .sql()
        .lines(
            "SELECT weekday, in_time FROM schedule WHERE course_id = ? ORDER BY weekday",
            school.course());
  }

  @ParameterizedTest
  @CsvSource({"/broadcasts, 200", "/broadcasts/{id}, 200", "/broadcasts/{id}/progress, 404"})
  void broadcasts_are_for_directors(String path, int status) {
    String page = path.replace("{id}", school.previewToOneFamily());
    assertThat(browser(Role.INSPECTOR).get(page).status()).isEqualTo(403);
    assertThat(browser(Role.DIRECTOR).get(page).status()).isEqualTo(status);
    assertThat(browser(Role.INSPECTOR).get("/devices").text()).doesNotContain("\"/broadcasts\"");
  }

  @Test
  void a_mail_of_a_broadcast_is_for_directors_too() {
    String mail = "/broadcasts/" + school.previewToOneFamily() + "/mail?language=es";
    assertThat(browser(Role.INSPECTOR).get(mail).status()).isEqualTo(404);
    assertThat(browser(Role.DIRECTOR).get(mail).status()).isEqualTo(200);
  }

  @Test
  void a_list_says_whether_nothing_is_there_or_nothing_fits() {
    TestPhone admin = browser(Role.ADMIN);
    assertThat(admin.get("/notifications").text()).contains("Aún no hay mensajes así");
    assertThat(admin.get("/notifications?channel=EMAIL").text())
        .contains("Ningún mensaje con este filtro")
        .doesNotContain("Aún no hay mensajes");
    assertThat(admin.get("/notifications?status=FAILED").text()).contains("Ningún mensaje falló");
    assertThat(admin.get("/notifications?status=FAILED&channel=EMAIL").text())
        .doesNotContain("Ningún mensaje falló");
    assertThat(admin.get("/students?course_id=" + school.course()).text())
        .contains("Este curso no tiene alumnos");
    assertThat(admin.get("/absences?status=ALL&student_id=" + school.course()).text())
        .contains("Este alumno no tiene solicitudes así");
    assertThat(admin.get("/audit?from=2030-01-01").text()).contains("Nadie hizo nada así");
  }
}
