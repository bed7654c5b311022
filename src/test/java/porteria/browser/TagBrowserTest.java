package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** The pages of cards: who has which, printing them, and bringing stickers to pupils. */
@ExtendWith(RunningServerExtension.class)
class TagBrowserTest {

  private final RunningServer server;
  private final TestSchool school;
  private final StaffBrowser browser;

  TagBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new StaffBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void the_cards_that_are_missing_in_a_course_are_printed() throws IOException {
    school.pupil("Ana Rojas");
    UUID other = school.course("5.º Básico A", "08:00");
    TestPupil pedro = school.pupil("Pedro Soto", other);
    school.pupil("Rosa Vidal", other);
    school.revokeCards(pedro, server.now());
    Page page = browser.open(Role.INSPECTOR, "/tags", 1920);
    assertThat(page.locator(".courses li").last()).containsText("1 de 2 con credencial impresa");
    StaffBrowser.picture(page, "tags-1920");
    page.locator(".courses a").last().click();
    assertThat(page.locator("main")).containsText("Falta imprimir 1 credencial.");
    assertThat(page.locator(".holder").first()).containsText("Sin credencial");
    StaffBrowser.picture(page, "tags-course-1920");
    Download pdf = page.waitForDownload(() -> page.getByText("Imprimir las que faltan").click());
    assertThat(Files.readAllBytes(pdf.path()))
        .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    page.getByText("Imprimir las que faltan").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("A nadie le falta una credencial");
    assertThat(page.locator("main")).containsText("Todos tienen su credencial impresa.");
    page.getByText("Imprimir todas de nuevo").click();
    assertThat(page.locator("details[open]")).containsText("(2) dejan de servir hoy");
    StaffBrowser.picture(
        browser.open(Role.INSPECTOR, "/tags?course_id=" + other, 360), "tags-course-360");
  }

  @Test
  void a_sticker_is_prepared_written_and_put_to_use() {
    TestPupil ana = school.pupil("Ana Rojas");
    school.revokeCards(ana, server.now());
    Page page = browser.open(Role.INSPECTOR, "/students/" + ana.id(), 360);
    page.getByText("Asignar adhesivo NFC").click();
    page.getByText("Preparar", new Page.GetByTextOptions().setExact(true)).click();
    String uri = page.locator(".secret").innerText();
    assertThat(page.locator("main")).containsText("confírmalo antes de las 07:45.");
    StaffBrowser.picture(page, "sticker-360");
    Page course = browser.open(Role.INSPECTOR, "/tags?course_id=" + school.course(), 1280);
    assertThat(course.locator(".holder")).containsText("Adhesivo por confirmar");
    page.getByText("Ya está grabado: ponerlo en uso").click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("El adhesivo quedó en uso.");
    assertThat(page.locator(".card")).containsText("Adhesivo NFC");
    String token = uri.substring(uri.lastIndexOf('/') + 1);
    assertThat(school.north().send(school.north().read("NFC", token, "IN")).status())
        .isEqualTo(202);
  }

  @Test
  void a_course_of_another_school_is_not_there() {
    UUID course = server.school().course();
    Page page = browser.open(Role.INSPECTOR, "/tags?course_id=" + course, 1280);
    assertThat(page.locator("h1")).hasText("Credenciales");
    assertThat(page.locator(".holder")).hasCount(0);
  }
}
