package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static porteria.browser.SchoolBrowser.shoot;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestSchool;

/** The pages by which hours are changed. */
@ExtendWith(RunningServerExtension.class)
@Telling
class ScheduleBrowserTest {

  private static final double PATIENT_MILLIS = 30_000;

  private final RunningServer server;
  private final TestSchool school;
  private final SchoolBrowser browser;

  ScheduleBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
    server.providers().clear();
  }

  @Test
  void a_director_changes_a_day_tells_families_and_takes_it_back_with_a_correction() {
    school.course("1.º Medio A", "07:45");
    List<String> phones = browser.families(2);
    Page page = browser.open(Role.DIRECTOR, "/schedules?month=2026-06", 1920);
    assertThat(page.getByText("Este mes rige el horario de siempre.")).isVisible();
    page.locator("a[href='/schedules/new?date=2026-06-12']").click();
    page.getByLabel("Nueva salida").fill("12:30");
    assertThat(page.locator(".effects tbody tr")).hasCount(2);
    assertThat(page.locator(".effects")).containsText("08:00 – 23:00");
    assertThat(page.locator(".effects")).containsText("08:00 – 12:30");
    page.getByLabel("Motivo").fill("consejo de profesores");
    shoot(page, "schedule-new-1920");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Guardar y ver a quién avisar"))
        .click();
    page.getByText("Avisar a 2 familias").click();
    assertThat(page.locator("#progress"))
        .containsText(
            "Listo: se avisó a 2 familias.", new ContainsTextOptions().setTimeout(PATIENT_MILLIS));

    page.navigate("http://localhost:8080/schedules?month=2026-06");
    assertThat(page.locator(".month .changed")).containsText("cambia");
    shoot(page, "schedules-1920");
    page.getByText("Quitar", new Page.GetByTextOptions().setExact(true)).click();
    shoot(page, "schedule-remove-1920");
    page.getByText("Sí, quitar").click();
    assertThat(page.getByRole(AriaRole.STATUS).first())
        .hasText("El cambio se quitó del calendario.");
    assertThat(page.locator("h1")).containsText("rige el horario de siempre");
    page.getByText("Avisar a 2 familias").click();
    assertThat(page.locator("#progress"))
        .containsText(
            "Listo: se avisó a 2 familias.", new ContainsTextOptions().setTimeout(PATIENT_MILLIS));
    assertThat(phones).allSatisfy(phone -> assertThat(server.told(phone)).hasSize(2));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_makes_no_sense_is_said_at_its_field_on_a_phone() {
    Page page = browser.open(Role.DIRECTOR, "/schedules/new?date=2026-06-12", 360);
    page.getByLabel("Nueva salida").fill("07:00");
    page.getByLabel("Motivo").fill("consejo");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Guardar").setExact(true))
        .click();
    assertThat(page.locator("#wrong-times")).containsText("la salida quedaría antes");
    shoot(page, "schedule-mistake-360");
    page.getByLabel("Ese día no hay clases").check();
    assertThat(page.locator(".effects")).containsText("sin clases");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Guardar").setExact(true))
        .click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Se guardó. Las familias aún no lo saben.");
    assertThat(page.locator(".month .closed")).hasCount(1);
    shoot(page, "schedules-360");
    page.navigate("http://localhost:8080/schedules/new?date=2026-06-12");
    page.getByLabel("Motivo").fill("otro");
    page.getByLabel("Ese día no hay clases").check();
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Guardar").setExact(true))
        .click();
    assertThat(page.locator("#wrong-date")).containsText("ya tiene un cambio");
  }

  @Test
  void an_admin_edits_the_usual_week_and_an_inspector_reads_it() {
    Page page = browser.open(Role.ADMIN, "/schedules", 1280);
    page.getByLabel("Editar: 4.º Básico B").click();
    page.locator("#in_0").fill("08:15");
    page.locator("#out_0").fill("08:00");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Guardar")).click();
    assertThat(page.locator("#wrong-0")).isVisible();
    page.locator("#out_0").fill("15:30");
    page.locator("#in_6").fill("");
    page.locator("#out_6").fill("");
    shoot(page, "schedule-base-1280");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Guardar")).click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Se guardó el horario.");
    assertThat(page.locator(".base tbody td").first()).hasText("08:1515:30");
    assertThat(page.locator(".base tbody td").nth(6)).hasText("–");

    Page reader = browser.open(Role.INSPECTOR, "/schedules", 360);
    assertThat(reader.getByText("Cambiar un día")).hasCount(0);
    assertThat(reader.getByText("Editar")).hasCount(0);
    shoot(reader, "schedules-inspector-360");
  }
}
