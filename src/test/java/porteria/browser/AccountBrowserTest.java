package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** The page where admins keep the accounts of staff. */
@ExtendWith(RunningServerExtension.class)
class AccountBrowserTest {

  private final RunningServer server;
  private final TestSchool school;
  private final StaffBrowser browser;

  AccountBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new StaffBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void an_admin_makes_an_account_and_its_password_signs_in() {
    String email = "rosa." + school.slug() + "@example.test";
    Page page = browser.open(Role.ADMIN, "/staff", 1920);
    StaffBrowser.picture(page, "staff-1920");
    page.getByLabel("Nombre y apellido").fill("Rosa Vidal");
    page.getByLabel("Correo").fill(email);
    page.locator("#role").selectOption("Dirección");
    page.getByText("Crear cuenta").click();
    String password = page.locator(".secret").innerText();
    assertThat(page.locator("main")).containsText("Rosa Vidal");
    assertThat(page.url()).doesNotContain(password);
    StaffBrowser.picture(page, "staff-password-1920");
    assertThat(signIn(email, password)).isEqualTo(200);
    page.getByText("Volver al personal").click();
    assertThat(row(page, email)).containsText("Dirección");
  }

  @Test
  void an_account_is_locked_and_opened_again() {
    Page page = browser.open(Role.ADMIN, "/staff", 360);
    Locator teacher = row(page, school.email(Role.TEACHER));
    teacher.getByText("Cerrar cuenta", new Locator.GetByTextOptions().setExact(true)).click();
    StaffBrowser.picture(page, "staff-lock-360");
    teacher.getByText("Cerrar cuenta ahora").click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("La cuenta quedó cerrada.");
    assertThat(signIn(school.email(Role.TEACHER), TestSchool.PASSWORD)).isEqualTo(401);
    teacher.getByText("Reabrir cuenta", new Locator.GetByTextOptions().setExact(true)).click();
    teacher.getByText("Reabrir cuenta ahora").click();
    assertThat(signIn(school.email(Role.TEACHER), TestSchool.PASSWORD)).isEqualTo(200);
  }

  @Test
  void a_role_is_changed_but_somebody_stays_in_charge() {
    Page page = browser.open(Role.ADMIN, "/staff", 1280);
    Locator teacher = row(page, school.email(Role.TEACHER));
    teacher.locator("summary").first().click();
    teacher.locator("select").selectOption("Inspectoría");
    teacher.getByText("Cambiar cargo").click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("El cargo quedó cambiado.");
    Locator self = row(page, school.email(Role.ADMIN));
    self.locator("summary").first().click();
    self.locator("select").selectOption("Docente");
    self.getByText("Cambiar cargo").click();
    assertThat(page.getByRole(AriaRole.STATUS))
        .containsText("Alguien tiene que quedar a cargo de la administración.");
  }

  @Test
  void a_new_password_ends_the_former_one() {
    Page page = browser.open(Role.ADMIN, "/staff", 1280);
    Locator teacher = row(page, school.email(Role.TEACHER));
    teacher.getByText("Contraseña nueva", new Locator.GetByTextOptions().setExact(true)).click();
    teacher.getByText("Dar contraseña nueva").click();
    String password = page.locator(".secret").innerText();
    assertThat(signIn(school.email(Role.TEACHER), TestSchool.PASSWORD)).isEqualTo(401);
    assertThat(signIn(school.email(Role.TEACHER), password)).isEqualTo(200);
  }

  @Test
  void directors_do_not_keep_accounts() {
    Page page = browser.open(Role.DIRECTOR, "/audit", 1280);
    assertThat(page.locator("a[href='/staff']")).hasCount(0);
    Response refused = Objects.requireNonNull(page.navigate(browser.url("/staff")));
    assertThat(refused.status()).isEqualTo(403);
  }

  private int signIn(String email, String password) {
    return server
        .post("/auth/login", "none", new JsonObject().put("email", email).put("password", password))
        .status();
  }

  private static Locator row(Page page, String email) {
    return page.locator(".account-row").filter(new FilterOptions().setHasText(email));
  }
}
