package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Authenticator;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** The page where people add one-time codes to their own password. */
@ExtendWith(RunningServerExtension.class)
class SecondFactorBrowserTest {

  private final RunningServer server;
  private final TestSchool school;
  private final StaffBrowser browser;

  SecondFactorBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new StaffBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void the_code_on_the_screen_enrols_an_app_and_recovery_codes_are_shown_once() {
    Page page = browser.open(Role.INSPECTOR, "/students", 1280);
    page.locator(".account summary").click();
    page.getByText("Tu cuenta").click();
    page.getByText("Registrar mi teléfono").click();
    StaffBrowser.picture(page, "account-offer-1280");
    URI offered = URI.create(ScannedCode.of(page.locator(".qr").screenshot()));
    assertThat(offered.getScheme()).isEqualTo("otpauth");
    String secret = offered.getRawQuery().replaceAll("(.*&)?secret=([^&]+).*", "$2");
    assertThat(page.locator(".secret").innerText().replace(" ", "")).isEqualTo(secret);
    assertThat(page.url()).doesNotContain(secret);
    Authenticator app = new Authenticator(secret);

    page.getByLabel("Código que muestra la aplicación").fill("000");
    page.getByText("Activar").click();
    assertThat(page.locator("#wrong")).containsText("Ese código no es.");
    page.getByLabel("Código que muestra la aplicación").fill(app.code(server.now()));
    page.getByText("Activar").click();
    assertThat(page.locator("h1")).hasText("Códigos de recuperación");
    StaffBrowser.picture(page, "account-codes-1280");
    String code = page.locator(".codes .secret").first().innerText();
    page.getByText("Ya los guardé").click();
    assertThat(page).hasURL(browser.url("/dashboard"));
    page.navigate(browser.url("/account"));
    assertThat(page.locator("main")).containsText("al entrar se te pide un código");
    assertThat(page.locator("main")).not().containsText(code);

    assertThat(signIn("")).as("without a code").isEqualTo(401);
    assertThat(signIn(code)).as("with a recovery code").isEqualTo(200);
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(signIn(app.code(server.now()))).as("with a code of the app").isEqualTo(200);
  }

  @Test
  void it_fits_a_phone_in_the_dark_too() {
    Page page = browser.open(Role.DIRECTOR, "/account", 360, ColorScheme.DARK);
    StaffBrowser.picture(page, "account-360-dark");
    page.getByText("Registrar mi teléfono").click();
    StaffBrowser.picture(page, "account-offer-360-dark");
    assertThat(ScannedCode.of(page.locator(".qr").screenshot())).startsWith("otpauth://totp/");
  }

  private int signIn(String code) {
    JsonObject words =
        new JsonObject()
            .put("email", school.email(Role.INSPECTOR))
            .put("password", TestSchool.PASSWORD);
    if (!code.isEmpty()) {
      words.put("totp", code);
    }
    return server.post("/auth/login", "none", words).status();
  }
}
