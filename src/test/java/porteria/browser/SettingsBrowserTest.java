package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** The page where admins keep what their school is called and how it goes about things. */
@ExtendWith(RunningServerExtension.class)
class SettingsBrowserTest {

  private final RunningServer server;
  private final TestSchool school;
  private final SchoolBrowser browser;

  SettingsBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void settings_show_what_is_usual_and_what_is_saved_is_told_and_shown() {
    Page page = browser.open(Role.ADMIN, "/settings", 1920);
    SchoolBrowser.shoot(page, "settings-1920");
    assertThat(page.locator("#about-grace_minutes")).containsText("Vacío: 15.");
    assertThat(page.locator("#grace_minutes")).hasValue("");
    assertThat(page.locator("#country option:checked")).hasText("Chile");
    page.locator("#name").fill("Colegio  Los Aromos");
    page.locator("#phone").fill("+56 2 2345 6789");
    page.locator("#grace_minutes").fill("20");
    page.locator("#repeat_seconds").fill("90");
    page.getByLabel("Los kioscos pueden tomar fotos").check();
    save(page);
    assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Los ajustes quedaron guardados.");
    assertThat(page.locator("#name")).hasValue("Colegio Los Aromos");
    assertThat(page.locator("#grace_minutes")).hasValue("20");
    assertThat(page.getByLabel("Los kioscos pueden tomar fotos")).isChecked();
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT name, grace_minutes, repeat_seconds, photos_allowed FROM school"
                        + " WHERE id = ?",
                    school.id()))
        .containsExactly("Colegio Los Aromos 20 90 t");
    SchoolBrowser.shoot(browser.open(Role.ADMIN, "/settings", 360), "settings-360");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void what_is_wrong_is_said_beside_its_field_and_nothing_is_lost() {
    List<String> before = named();
    Page page = browser.open(Role.ADMIN, "/settings", 360);
    page.locator("#name").fill("Otro nombre");
    page.locator("#phone").fill("nueve");
    page.locator("#retention_days").fill("61");
    save(page);
    assertThat(page.locator("#about-phone")).containsText("Escribe un teléfono");
    assertThat(page.locator("#phone")).hasAttribute("aria-invalid", "true");
    assertThat(page.locator("#name")).hasValue("Otro nombre");
    page.locator("#phone").fill("");
    page.locator("#timezone").fill("America/Macondo");
    save(page);
    page.getByText("Guardar de todos modos").click();
    assertThat(page.locator("#about-timezone")).containsText("Escribe una zona de la lista");
    assertThat(page.locator("#about-retention_days")).containsText("De 1 a 60 días");
    SchoolBrowser.shoot(page, "settings-mistakes-360");
    assertThat(named()).isEqualTo(before);
  }

  @Test
  void what_goes_out_to_families_or_is_gone_for_good_is_asked_about_first() {
    server.sql().lines("UPDATE school SET photos_allowed = true WHERE id = ?", school.id());
    Page page = browser.open(Role.ADMIN, "/settings", 1920);
    page.locator("#grace_minutes").fill("5");
    page.locator("#retention_days").fill("30");
    page.getByLabel("Los kioscos pueden tomar fotos").uncheck();
    save(page);
    assertThat(page.locator(".confirm li"))
        .containsText(
            new String[] {
              "Se avisará 5 minutos después de la entrada, y no 15.",
              "Los kioscos dejan de tomar fotos",
              "de más de 30 días se borran"
            });
    SchoolBrowser.shoot(page, "settings-confirm-1920");
    assertThat(terms()).as("before it is confirmed").containsExactly("null null t");
    page.locator("#grace_minutes").fill("3");
    page.getByText("Guardar de todos modos").click();
    assertThat(page.locator(".confirm li").first())
        .containsText("Se avisará 3 minutos después de la entrada");
    assertThat(terms()).as("another one was confirmed").containsExactly("null null t");
    page.getByText("Guardar de todos modos").click();
    assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Los ajustes quedaron guardados.");
    assertThat(terms()).containsExactly("3 30 f");
  }

  @Test
  void a_color_is_shown_while_it_is_chosen_and_one_too_light_is_refused() {
    Page page = browser.open(Role.ADMIN, "/settings", 1280);
    page.locator("#color").fill("#ffd700");
    assertThat(page.locator("#color-look")).containsText("Muy claro para letras blancas");
    assertThat(page.locator("#color-look rect")).hasAttribute("fill", "#ffd700");
    SchoolBrowser.shoot(page, "settings-color-1280");
    save(page);
    assertThat(page.locator("#about-color")).containsText("Elige un color más oscuro");
    page.locator("#color").fill("#0b5d3a");
    assertThat(page.locator("#color-look")).containsText("Se lee bien");
    save(page);
    assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("Los ajustes quedaron guardados.");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void settings_are_for_admins() {
    Page page = browser.open(Role.DIRECTOR, "/audit", 1920);
    assertThat(page.locator("a[href='/settings']")).hasCount(0);
    Response refused =
        Objects.requireNonNull(page.navigate("http://localhost:8080/settings"), "an answer");
    assertThat(refused.status()).isEqualTo(403);
  }

  private static void save(Page page) {
    page.locator("#settings > button").click();
  }

  private List<String> named() {
    return server.sql().lines("SELECT name FROM school WHERE id = ?", school.id());
  }

  private List<String> terms() {
    return server
        .sql()
        .lines(
            "SELECT grace_minutes, retention_days, photos_allowed FROM school WHERE id = ?",
            school.id());
  }
}
