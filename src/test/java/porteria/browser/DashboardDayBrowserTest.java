package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** What the dashboard shows beside the counts, and what staff do there. */
@Telling
@ExtendWith(RunningServerExtension.class)
class DashboardDayBrowserTest {

  private static final Duration EVERY = Duration.ofSeconds(20);

  private final BusyMorning morning;
  private final TestSchool school;
  private final List<TestPupil> pupils;
  private final RunningServer server;
  private final SchoolBrowser browser;

  DashboardDayBrowserTest(RunningServer server) {
    this.server = server;
    morning = new BusyMorning(server, 5);
    school = morning.school();
    pupils = morning.pupils();
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void arrivals_stand_over_a_usual_day_and_the_figures_beside_those_of_yesterday() {
    for (int weeks = 1; weeks <= 3; weeks++) {
      morning.came(7 * weeks, pupils.subList(0, 90), "07:35", EVERY);
    }
    morning.came(1, pupils.subList(0, 60), "07:40", EVERY);
    morning.moveTo("08:06");
    morning.came(0, pupils.subList(0, 70), "07:36", EVERY);
    morning.came(0, pupils.subList(70, 78), "08:03", EVERY);
    for (int width : List.of(1920, 360)) {
      Page page = dashboard(Role.INSPECTOR, width);
      assertThat(page.locator("#arrivals-words"))
          .hasText(
              Pattern.compile(
                  "Han entrado 78 alumnos\\. Un [a-záé]+(es|o|ado|ingo) usual a las 08:06: 90\\."));
      assertThat(page.locator("#arrivals-usual")).containsText("mediana de 3 semanas");
      assertThat(drawn(page)).as("the curve is drawn").isTrue();
      assertThat(page.locator("[data-before=present]")).hasText("ayer a esta hora: 60");
      assertThat(page.locator("[data-before=absent]")).hasText("ayer a esta hora: 40");
      assertThat(page.locator("[data-figure=late]")).hasText("8");
      assertThat(page.locator("#missing-rows .absentee")).hasCount(22);
      SchoolBrowser.shoot(page, "dashboard-day-" + width);
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void without_weeks_to_compare_with_nothing_is_called_usual() {
    Page page = dashboard(Role.INSPECTOR, 1280);
    assertThat(page.locator("#arrivals-empty")).isVisible();
    assertThat(page.locator("#arrivals-usual")).isHidden();
    assertThat(page.locator("#missing-empty")).isVisible();
    assertThat(page.locator("[data-before=present]")).hasText("");
    morning.came(0, pupils.subList(0, 1), "07:30", EVERY);
    // The page asks again at its own pace; a new one asks at once.
    Page later = dashboard(Role.INSPECTOR, 1280);
    assertThat(later.locator("#arrivals-words"))
        .hasText("Ha entrado 1 alumno. Aún no hay un día usual para comparar.");
    SchoolBrowser.shoot(later, "dashboard-first-day-1280");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void on_a_wall_twenty_courses_fit_without_a_cut_row() {
    morning.moveTo("08:06");
    for (int i = 0; i < 12; i++) {
      school.guardianOf(pupils.get(60 + i));
    }
    morning.came(0, pupils.subList(0, 45), "07:35", EVERY);
    morning.came(0, pupils.subList(45, 55), "08:02", EVERY);
    Page page = dashboard(Role.INSPECTOR, 1920);
    assertThat(page.locator("#board .course")).hasCount(20);
    assertThat(page.locator("#foot")).isVisible();
    assertThat(page.locator("#missing-rows .absentee")).hasCount(45);
    assertThat(
            page.evaluate(
                """
                () => [...document.querySelectorAll("#board .course, .figure, #foot, .chart")]
                  .filter((each) => {
                    const { top, bottom } = each.getBoundingClientRect();
                    return top < 0 || bottom > innerHeight || each.scrollHeight > each.clientHeight + 1;
                  }).map((each) => each.textContent.trim())
                """))
        .isEqualTo(List.of());
    assertThat(page.evaluate("document.documentElement.scrollHeight")).isEqualTo(1080);
    SchoolBrowser.shoot(page, "dashboard-wall-1920");
  }

  @Test
  void one_tap_excuses_and_another_takes_it_back_and_the_figures_move_at_once() {
    String phone = school.guardianOf(pupils.get(98));
    morning.moveTo("08:06");
    morning.came(0, pupils.subList(0, 97), "07:35", Duration.ofSeconds(10));
    Page page = dashboard(Role.INSPECTOR, 360);
    Page wall = dashboard(Role.DIRECTOR, 1920);
    Locator row = absentee(page, pupils.get(98));
    assertThat(row.locator(".state")).hasText("Aún sin aviso");
    assertThat(row.locator(".calls a")).hasAttribute("href", "tel:+" + phone);
    assertThat(page.locator("[data-figure=absent]")).hasText("3");
    row.locator(".excuse").click();
    assertThat(page.locator("[data-figure=absent]")).hasText("2");
    assertThat(page.locator("[data-figure=excused]")).hasText("1");
    assertThat(wall.locator("[data-figure=excused]")).hasText("1");
    assertThat(row.locator(".state")).hasText("Justificado para hoy");
    assertThat(row.locator(".restore")).isFocused();
    SchoolBrowser.shoot(page, "dashboard-excused-360");
    assertThat(absentee(wall, pupils.get(98))).hasCount(0);
    row.locator(".restore").click();
    assertThat(page.locator("[data-figure=absent]")).hasText("3");
    assertThat(wall.locator("[data-figure=excused]")).hasText("0");
    assertThat(row.locator(".state")).hasText("Aún sin aviso");
    assertThat(absentee(wall, pupils.get(98))).hasCount(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_director_sends_one_held_alarm_from_the_list() {
    TestPupil ana = pupils.get(99);
    String phone = school.watchfulGuardianOf(ana);
    morning.moveTo("08:00");
    morning.came(0, pupils.subList(0, 98), "07:35", Duration.ofSeconds(10));
    school.south().report(0);
    morning.moveTo("08:16");
    school.north().report(0);
    Page inspector = dashboard(Role.INSPECTOR, 1280);
    assertThat(absentee(inspector, ana).locator(".state"))
        .hasText("Aviso retenido: hay una puerta sin conexión");
    assertThat(absentee(inspector, ana).locator(".send")).hasCount(0);
    Page page = dashboard(Role.DIRECTOR, 1920);
    assertThat(page.locator("#foot .wrong").first())
        .containsText("Puerta Sur sin conexión desde 08:00");
    SchoolBrowser.shoot(page, "dashboard-held-1920");
    absentee(page, ana).locator(".send").click();
    assertThat(page.locator("#alarms-question"))
        .hasText("¿Avisar ahora a la familia de " + ana.fullName() + "?");
    page.locator("#alarms-dialog button[type=submit]").click();
    assertThat(page.locator("#alarms-result")).hasText("Se avisa a la familia de 1 alumno.");
    assertThat(absentee(page, ana).locator(".state"))
        .hasText(Pattern.compile("Aviso de las 08:16 (en camino|enviado|entregado)"));
    assertThat(absentee(page, pupils.get(98)).locator(".state"))
        .hasText("Aviso retenido: hay una puerta sin conexión");
    await().until(() -> server.told(phone).size() == 1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void who_is_sought_is_found_among_earlier_events_and_among_those_that_come() {
    morning.came(1, pupils.subList(0, 10), "07:35", EVERY);
    morning.moveTo("08:06");
    morning.came(0, pupils.subList(0, 90), "07:35", Duration.ofSeconds(10));
    Page page = dashboard(Role.INSPECTOR, 1280);
    Locator found = page.locator("#found-rows .row");
    // The first came in long before the fifty that the stream begins with.
    page.locator("#stream-search").fill("ANA rojás 1");
    assertThat(found.first()).containsText("Ana Rojas Soto 1");
    assertThat(page.locator("#stream-rows")).isHidden();
    assertThat(page).hasURL(Pattern.compile("\\?q=ANA"));
    page.locator("#stream-search").fill("basico 10");
    assertThat(found.first()).containsText("10.º Básico");
    TestPupil last = pupils.get(99);
    page.locator("#stream-search").fill(last.fullName());
    assertThat(page.locator("#found-empty")).isVisible();
    String event = school.north().in(last, server.now()).get("event_id");
    assertThat(found).hasCount(1);
    assertThat(found).containsText(last.fullName());
    SchoolBrowser.shoot(page, "dashboard-search-1280");
    school.north().annul(event);
    assertThat(found.locator(".who")).hasCSS("text-decoration-line", "line-through");
    page.reload();
    assertThat(found).hasCount(1);
    page.locator("#stream-search").fill("");
    assertThat(page.locator("#stream-rows")).isVisible();
    assertThat(found.first()).isHidden();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void kiosks_and_sending_are_one_quiet_line_that_grows_when_something_is_wrong() {
    school.north().report(0);
    school.south().report(0);
    Page page = dashboard(Role.INSPECTOR, 1280);
    Locator lines = page.locator("#foot li");
    assertThat(lines).hasText(new String[] {"2 de 2 lectores en línea", "Envíos al día"});
    school.south().report(7);
    server.sql().lines("UPDATE device SET battery = 9 WHERE id = ?", school.south().id());
    Page worse = dashboard(Role.INSPECTOR, 360);
    assertThat(worse.locator("#foot .wrong").first()).containsText("Puerta Sur");
    assertThat(worse.locator("#foot .wrong").last()).hasText("Puerta Sur: batería al 9 %");
    SchoolBrowser.shoot(worse, "dashboard-foot-360");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_does_not_fit_together_is_listed() {
    TestPupil ana = pupils.getFirst();
    server.post(
        "/absences",
        school.login(Role.INSPECTOR),
        new JsonObject()
            .put("student_id", ana.id().toString())
            .put("type", "SICKNESS")
            .put("from", morning.day().toString())
            .put("to", morning.day().toString()));
    Page page = dashboard(Role.INSPECTOR, 1280);
    assertThat(page.locator("#discrepancies")).isHidden();
    morning.came(0, List.of(ana), "07:30", EVERY);
    assertThat(page.locator("#discrepancies-rows li"))
        .containsText("Ingresó aunque tenía justificación");
    assertThat(page.locator("#discrepancies-rows .who")).hasText(ana.fullName());
  }

  @Test
  void a_page_that_hears_nothing_any_more_says_how_old_it_is() {
    Page page = dashboard(Role.INSPECTOR, 360);
    page.route("**/eventbus/**", route -> route.abort());
    page.route("**/api/v1/**", route -> route.abort());
    page.evaluate("() => window.dispatchEvent(new Event('online'))");
    assertThat(page.locator("#connection")).hasAttribute("data-state", "connecting");
    page.clock().setFixedTime(Date.from(server.now().plusSeconds(120)));
    assertThat(page.locator("#connection")).hasAttribute("data-state", "stale");
    assertThat(page.locator("#connection-text")).hasText("Datos de hace 2 min");
  }

  /** Live, with all that stands beside the counts. */
  private Page dashboard(Role role, int width) {
    Page page = browser.openInTime(role, "/dashboard", width);
    assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    assertThat(page.locator("#foot")).isVisible();
    return page;
  }

  private static Locator absentee(Page page, TestPupil pupil) {
    return page.locator(
        "#missing-rows .absentee", new Page.LocatorOptions().setHasText(pupil.fullName()));
  }

  private static boolean drawn(Page page) {
    page.waitForFunction("() => globalThis.Chart !== undefined");
    return (Boolean)
        page.evaluate(
            """
            () => {
              const canvas = document.getElementById("arrivals-chart");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              return data.some((part) => part !== 0);
            }
            """);
  }
}
