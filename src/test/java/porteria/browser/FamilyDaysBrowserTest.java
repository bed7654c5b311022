package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.browser.FamilyBrowser.Look;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** A guardian looks at the days of a child. It is Wednesday the 10th of June. */
@Telling
@ExtendWith(RunningServerExtension.class)
class FamilyDaysBrowserTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestParent maria;
  private final FamilyBrowser browser = new FamilyBrowser();

  FamilyDaysBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Belén Rojas Cisternas");
    maria = school.parentOf(ana, school.pupil("Bruno Rojas Cisternas"));
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void each_day_tells_when_the_child_came_and_the_address_keeps_which() {
    scans(1);
    scans(2);
    scans(8);
    school.north().in(ana, server.now().minus(Duration.ofMinutes(2)));
    absence("2026-06-03", "APPROVED");
    close("2026-06-04", "Interferiado");
    Page phone = open("/days", Look.PHONE);
    assertThat(phone.getByRole(AriaRole.HEADING, level(1))).containsText("junio de 2026");
    assertThat(phone.locator(".day")).containsText("Entró por Puerta Norte");
    assertThat(cell(phone, 9)).containsText("07:28");
    assertThat(cell(phone, 9)).hasAttribute("data-kind", "in");
    assertThat(cell(phone, 3)).hasAttribute("data-kind", "excused");
    assertThat(cell(phone, 4)).hasAttribute("data-kind", "closed");
    assertThat(cell(phone, 5)).hasAttribute("data-kind", "none");
    assertThat(cell(phone, 1)).hasAttribute("data-kind", "free");
    assertThat(phone.locator(".sums")).containsText("1 justificado");
    FamilyBrowser.shoot(phone, "family-days-360");
    cell(phone, 9).click();
    assertThat(phone).hasURL(Pattern.compile("day=2026-06-09"));
    assertThat(phone.locator(".day")).containsText("Salió por Puerta Norte");
    phone.reload();
    assertThat(phone.locator(".day h2")).containsText("martes 9 de junio");
    cell(phone, 4).click();
    assertThat(phone.locator(".day")).containsText("Sin clases: Interferiado");
    cell(phone, 3).click();
    assertThat(phone.locator(".day")).containsText("Ausencia aprobada: Enfermedad");
    Page wide = open("/days?month=2026-06&day=2026-06-09", Look.WIDE);
    assertThat(wide.locator(".day")).containsText("Salió por Puerta Norte");
    FamilyBrowser.shoot(wide, "family-days-1920");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_month_without_records_says_so_and_no_month_is_ahead() {
    Page phone = open("/days", Look.PHONE_AT_NIGHT);
    assertThat(link(phone, "Mes siguiente")).hasCount(0);
    link(phone, "Mes anterior").click();
    assertThat(phone.getByRole(AriaRole.HEADING, level(1))).containsText("mayo de 2026");
    assertThat(phone.locator(".day")).containsText("Este mes no hay registros.");
    FamilyBrowser.shoot(phone, "family-days-empty-360-dark");
    link(phone, "Bruno").click();
    assertThat(phone.getByRole(AriaRole.HEADING, level(1))).containsText("Bruno");
    link(phone, "Hoy").click();
    assertThat(phone.getByRole(AriaRole.HEADING, level(1))).hasText("Bruno Rojas Cisternas");
    phone.navigate(phone.url().replaceFirst("/p/.*", "/p/" + school.slug() + "/days?month=x"));
    assertThat(phone.getByRole(AriaRole.HEADING, level(1))).containsText("junio de 2026");
  }

  @Test
  void who_has_no_session_is_led_to_the_door() {
    Page stranger = browser.open(server, school, "nobody", "/days", Look.PHONE);
    assertThat(stranger).hasURL(Pattern.compile("/p/" + school.slug() + "$"));
    assertThat(stranger.getByLabel("Tu WhatsApp o correo")).isVisible();
  }

  private Page open(String path, Look look) {
    return browser.open(server, school, maria, path, look);
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true));
  }

  private static GetByRoleOptions level(int level) {
    return new GetByRoleOptions().setLevel(level);
  }

  private static Locator cell(Page page, int day) {
    return page.locator("a.cell[href*='day=2026-06-%02d']".formatted(day));
  }

  /** In the morning and out at noon, so many days before today. */
  private void scans(int daysAgo) {
    var morning = server.now().minus(Duration.ofDays(daysAgo)).minus(Duration.ofMinutes(2));
    school.north().in(ana, morning);
    school.north().out(ana, morning.plus(Duration.ofHours(6)));
  }

  private void absence(String day, String status) {
    server
        .sql()
        .lines(
            "INSERT INTO absence_request (school_id, student_id, guardian_id, type, from_date,"
                + " to_date, status, submitted_at, resolved_at)"
                + " VALUES (?, ?, ?, 'SICKNESS', ?, ?, ?, now(), now())",
            school.id(),
            ana.id(),
            maria.id(),
            LocalDate.parse(day),
            LocalDate.parse(day),
            status);
  }

  private void close(String day, String reason) {
    server
        .sql()
        .lines(
            "INSERT INTO schedule_exception (school_id, scope, date, closed, reason, created_by,"
                + " created_at) SELECT ?, 'GLOBAL', ?, true, ?, id, now() FROM staff_user"
                + " WHERE school_id = ? LIMIT 1",
            school.id(),
            LocalDate.parse(day),
            reason,
            school.id());
  }
}
