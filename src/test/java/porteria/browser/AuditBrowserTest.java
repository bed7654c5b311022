package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** The page where directors read who did what. */
@ExtendWith(RunningServerExtension.class)
class AuditBrowserTest {

  private final TestSchool school;
  private final StaffBrowser browser;

  AuditBrowserTest(RunningServer server) {
    school = server.school();
    browser = new StaffBrowser(server, school);
    TestPupil ana = school.pupil("Ana Rojas");
    Page page = browser.open(Role.INSPECTOR, "/students/" + ana.id(), 1280);
    page.locator(".card summary").first().click();
    page.locator(".card button").first().click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("La credencial quedó dada de baja.");
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void a_director_reads_who_did_what_in_words_and_narrows_it() {
    Page page = browser.open(Role.DIRECTOR, "/audit", 1920);
    assertThat(page.locator(".act").filter(having("Dio de baja una credencial")))
        .containsText("Julia Paz Inspectoría");
    assertThat(page.locator("main")).not().containsText("tag.revoked");
    StaffBrowser.picture(page, "audit-1920");
    page.getByLabel("Sobre qué").selectOption("Adhesivos y credenciales");
    page.getByText("Mostrar").click();
    assertThat(page.locator(".act")).hasCount(1);
    page.getByLabel("Desde").fill("2030-01-01");
    page.getByText("Mostrar").click();
    assertThat(page.locator(".empty")).containsText("Nadie hizo nada así");
    StaffBrowser.picture(
        browser.open(Role.DIRECTOR, "/audit", 360, ColorScheme.DARK), "audit-360-dark");
  }

  @Test
  void what_is_shown_can_be_taken_out_as_a_table() throws IOException {
    Page page = browser.open(Role.DIRECTOR, "/audit?entity=tag&from=2026-06-01", 1280);
    Download table = page.waitForDownload(() -> page.getByText("Descargar CSV").click());
    List<String> lines = Files.readAllLines(table.path());
    assertThat(lines).hasSize(2);
    assertThat(lines.getLast()).contains("tag.revoked");
  }

  @Test
  void inspectors_do_not_read_it() {
    Page page = browser.open(Role.INSPECTOR, "/students", 1280);
    assertThat(page.locator("a[href='/audit']")).hasCount(0);
    Response refused = Objects.requireNonNull(page.navigate(browser.url("/audit")));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("Tu cuenta no permite ver esto.");
  }

  private static FilterOptions having(String text) {
    return new FilterOptions().setHasText(text);
  }
}
