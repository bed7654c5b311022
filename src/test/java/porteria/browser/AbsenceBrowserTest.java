package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestSchool;

/** The inbox where staff answer families who ask for an absence. It is the 10th of June. */
@ExtendWith(RunningServerExtension.class)
@Telling
class AbsenceBrowserTest {

  private final RunningServer server;
  private final TestSchool school;
  private final StaffBrowser browser;

  AbsenceBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new StaffBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
    server.providers().clear();
  }

  @Test
  void an_inspector_approves_and_the_family_is_told() {
    TestParent maria = ask("Ana Rojas", "2026-06-11", "2026-06-12", "TRAVEL", "Viaje a Concepción");
    ask("Pedro Soto Araneda", "2026-06-10", "2026-06-10", "MEDICAL", "");
    Page phone = browser.open(Role.INSPECTOR, "/absences", 360);
    assertThat(phone.locator(".item")).hasCount(2);
    StaffBrowser.picture(phone, "absences-360");
    Page page = browser.open(Role.INSPECTOR, "/absences", 1920);
    Locator ana = page.locator(".item").filter(new Locator.FilterOptions().setHasText("Ana Rojas"));
    assertThat(ana).containsText("mañana – vie 12 jun");
    assertThat(ana).containsText("2 días · Viaje");
    assertThat(ana).containsText("La pidió María Soto, hoy, 07:30");
    assertThat(page.locator("body")).not().containsText("PENDING");
    ana.getByText("Aprobar", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(ana.locator("blockquote").first())
        .hasText(
            "Tu solicitud de ausencia de Ana Rojas (fecha: 11 de junio de 2026 – 12 de junio de"
                + " 2026) fue aprobada. Si tienes dudas, habla con el colegio.");
    StaffBrowser.picture(page, "absences-1920");
    ana.getByText("Aprobar y avisar").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Solicitud aprobada.");
    assertThat(page.locator(".item")).hasCount(1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.told(maria.phone()).toString().contains("fue aprobada"));
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Aprobadas")).click();
    assertThat(page.locator(".item")).containsText("Aprobada por Julia Paz, hoy, 07:30");
    StaffBrowser.picture(page, "absences-approved-1920");
  }

  @Test
  void a_rejection_needs_a_reason_which_the_family_reads() {
    TestParent maria = ask("Ana Rojas", "2026-06-11", "2026-06-12", "FAMILY", "");
    Page page = browser.open(Role.INSPECTOR, "/absences", 360, ColorScheme.DARK);
    page.getByText("Rechazar", new Page.GetByTextOptions().setExact(true)).click();
    page.getByText("Rechazar y avisar").click();
    assertThat(page).hasURL(browser.url("/absences"));
    StaffBrowser.picture(page, "absences-reject-360-dark");
    page.locator("details[open] input[name=reason]").fill("Hay una prueba ese día");
    page.getByText("Rechazar y avisar").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Solicitud rechazada.");
    assertThat(page.locator(".empty")).containsText("Nada por responder.");
    StaffBrowser.picture(page, "absences-empty-360-dark");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.told(maria.phone()).toString().contains("Hay una prueba ese día"));
  }

  @Test
  void who_comes_second_is_told_so() {
    ask("Ana Rojas", "2026-06-11", "2026-06-12", "FAMILY", "");
    Page late = browser.open(Role.INSPECTOR, "/absences", 1280);
    late.getByText("Aprobar", new Page.GetByTextOptions().setExact(true)).click();
    server
        .sql()
        .lines(
            "UPDATE absence_request SET status = 'WITHDRAWN', resolved_at = submitted_at"
                + " WHERE school_id = ?",
            school.id());
    late.getByText("Aprobar y avisar").click();
    assertThat(late.getByRole(AriaRole.STATUS)).containsText("Alguien la respondió antes");
  }

  @Test
  void teachers_do_not_see_requests() {
    Page teacher = browser.open(Role.TEACHER, "/absences", 1280);
    assertThat(teacher).hasURL(browser.url("/login"));
  }

  private TestParent ask(String pupil, String from, String to, String type, String note) {
    var child = school.pupil(pupil);
    TestParent parent = school.parentOf(child);
    JsonObject wish =
        new JsonObject()
            .put("student_id", child.id().toString())
            .put("type", type)
            .put("from", from)
            .put("to", to);
    if (!note.isEmpty()) {
      wish.put("note", note);
    }
    assertThat(server.post("/parents/me/absences", parent.signIn(), wish).status()).isEqualTo(201);
    return parent;
  }
}
