package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** The pupils: found by name, each with family, day and cards. */
@ExtendWith(RunningServerExtension.class)
class StudentBrowserTest {

  private final RunningServer server;
  private final TestSchool school;
  private final StaffBrowser browser;

  StudentBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new StaffBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void a_child_is_found_by_the_beginnings_of_names_without_accents() {
    school.pupil("Ángela Peña Núñez");
    school.pupil("Ana Rojas Contreras");
    school.pupil("Pedro Soto");
    Page page = browser.open(Role.INSPECTOR, "/students", 360);
    assertThat(page.locator(".person")).hasCount(3);
    StaffBrowser.picture(page, "students-360");
    page.getByLabel("Nombre o número").fill("nunez ang");
    page.getByText("Buscar").click();
    assertThat(page).hasURL(Pattern.compile(".*q=nunez\\+ang.*"));
    assertThat(page.locator(".person")).hasCount(1);
    page.locator(".person").click();
    assertThat(page.locator("h1")).hasText("Ángela Peña Núñez");
    page.navigate(browser.url("/students?q=%3Cb%3Ezzz"));
    assertThat(page.locator(".empty")).containsText("Nadie se llama «<b>zzz» aquí.");
    StaffBrowser.picture(browser.open(Role.INSPECTOR, "/students", 1920), "students-1920");
  }

  @Test
  void the_page_of_a_child_tells_the_day_the_family_and_the_cards() {
    TestPupil ana = school.pupil("Ana Rojas Contreras");
    TestParent maria = school.parentOf(ana);
    String mailbox = school.mailbox(maria);
    server
        .sql()
        .lines(
            "INSERT INTO contact_suppression (school_id, channel, address, reason, since)"
                + " VALUES (?, 'EMAIL', ?, 'BOUNCED', '2026-06-08T12:00:00Z')",
            school.id(),
            mailbox);
    school.north().in(ana, server.now().minus(Duration.ofDays(1)));
    school.north().in(ana, server.now().minus(Duration.ofMinutes(20)));
    Page page = browser.open(Role.ADMIN, "/students/" + ana.id(), 1920);
    assertThat(page.locator(".state")).hasText("Dentro desde las 07:10");
    assertThat(page.locator(".line li")).hasCount(1);
    assertThat(page.locator(".line")).containsText("Entró por Puerta Norte");
    assertThat(page.locator(".calendar .today")).containsText("07:10");
    assertThat(page.locator(".calendar li")).hasCount(21);
    assertThat(page.locator(".contact").first()).containsText("+" + maria.phone());
    assertThat(page.locator(".contact").last()).containsText("el correo devolvió los mensajes");
    assertThat(page.locator("body")).not().containsText("BOUNCED");
    StaffBrowser.picture(page, "student-1920");
    StaffBrowser.picture(
        browser.open(Role.INSPECTOR, "/students/" + ana.id(), 360, ColorScheme.DARK),
        "student-360-dark");
    page.getByText("Volver a escribirle", new Page.GetByTextOptions().setExact(true)).click();
    page.getByText("Volver a escribirle ahora").click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Desde ahora se le vuelve a escribir.");
    assertThat(page.locator(".contact").last()).containsText("Aún no se le ha escrito.");
  }

  @Test
  void a_card_is_revoked_and_a_new_one_printed() throws IOException {
    TestPupil ana = school.pupil("Ana Rojas");
    Page page = browser.open(Role.INSPECTOR, "/students/" + ana.id(), 1280);
    Locator printed =
        page.locator(".card").filter(new Locator.FilterOptions().setHasText("Credencial impresa"));
    printed.getByText("Dar de baja", new Locator.GetByTextOptions().setExact(true)).click();
    printed.getByText("Dar de baja ahora").click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("La credencial quedó dada de baja.");
    assertThat(page.locator(".card")).hasCount(1);
    page.getByText("Imprimir credencial").click();
    Download pdf = page.waitForDownload(() -> page.getByText("Descargar PDF").click());
    assertThat(pdf.suggestedFilename()).isEqualTo("credencial.pdf");
    assertThat(Files.readAllBytes(pdf.path()))
        .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    page.reload();
    assertThat(page.locator(".card")).hasCount(2);
    page.getByText("Imprimir credencial").click();
    assertThat(page.locator("form[action='/students/print']"))
        .containsText("La impresa que tiene deja de servir.");
  }

  @Test
  void a_child_of_another_school_is_not_there() {
    TestPupil stranger = server.school().pupil("Otro Niño");
    Page page = browser.open(Role.INSPECTOR, "/students/" + stranger.id(), 1280);
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("No encontramos lo que buscabas.");
    assertThat(page.locator("body")).not().containsText("Otro Niño");
  }
}
