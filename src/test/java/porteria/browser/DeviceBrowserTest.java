package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** The page of gates: which one needs somebody first, and how a kiosk comes and goes. */
@ExtendWith(RunningServerExtension.class)
class DeviceBrowserTest {

  private static final long EVERY_MILLIS = 30_000;

  private final RunningServer server;
  private final TestSchool school;
  private final StaffBrowser browser;

  DeviceBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new StaffBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void the_gate_that_needs_somebody_comes_first_and_says_why() {
    assertThat(school.south().report(12).status()).isEqualTo(200);
    assertThat(school.north().report(0).status()).isEqualTo(200);
    server
        .sql()
        .lines(
            "UPDATE device SET battery = 64, clock_skew_seconds = -75 WHERE id = ?",
            school.north().id());
    Page page = browser.open(Role.INSPECTOR, "/devices", 1920);
    assertThat(page.locator(".first")).hasText("Puerta Sur te necesita primero.");
    Locator south = page.locator(".device").first();
    assertThat(south).containsText("12 lecturas por enviar desde hoy, 07:30");
    Locator north = page.locator(".device").last();
    assertThat(north).containsText("En línea");
    assertThat(north).containsText("recién");
    assertThat(north).containsText("64 %");
    assertThat(north).containsText("1 min atrasado");
    assertThat(page.locator("#main .acts")).hasCount(2);
    assertThat(page.locator("#enrol")).hasCount(0);
    assertThat(page.locator("body")).not().containsText("QUEUE");
    StaffBrowser.picture(page, "devices-1920");
    StaffBrowser.picture(browser.open(Role.ADMIN, "/devices", 360), "devices-360");
  }

  @Test
  void a_kiosk_that_never_reported_leaves_its_gate_in_need() {
    Page page = browser.open(Role.INSPECTOR, "/devices", 1280);
    assertThat(page.locator(".device.troubled")).hasCount(2);
    assertThat(page.locator(".device").first()).containsText("aún no se ha reportado");
  }

  @Test
  void an_admin_gets_a_code_that_enrols_a_kiosk_typed_or_scanned() {
    Page page = browser.open(Role.ADMIN, "/devices", 1280);
    page.getByLabel("Puerta").selectOption("Puerta Sur");
    page.getByLabel("Nombre del kiosco").fill("TABLET-SUR-2");
    page.getByText("Obtener código").click();
    String code = page.locator(".code").innerText();
    assertThat(page.locator("h1")).hasText("Puerta Sur TABLET-SUR-2");
    assertThat(page.locator("main")).containsText("Sirve una vez, hasta las 07:40.");
    assertThat(page.url()).doesNotContain(code);
    assertThat(ScannedCode.of(page.locator(".qr").screenshot())).isEqualTo(code);
    StaffBrowser.picture(page, "enrolment-1280");
    Reply enrolled =
        server.post("/devices/enroll", "none", new JsonObject().put("enrolment_code", code));
    assertThat(enrolled.status()).as(enrolled.text()).isEqualTo(201);
    assertThat(enrolled.get("device_id")).isEqualTo("TABLET-SUR-2");
    page.getByText("Volver a las puertas").click();
    assertThat(page.locator(".device")).hasCount(3);
  }

  @Test
  void the_list_is_brought_up_to_date_while_somebody_looks_and_not_under_their_hands() {
    try (SchoolBrowser live = new SchoolBrowser(server, school)) {
      Page page = live.open(Role.ADMIN, "/devices", 1280);
      page.clock().install();
      page.reload();
      List<String> asked = new ArrayList<>();
      page.onRequest(request -> asked.add(request.url()));
      assertThat(page.locator(".device").first()).containsText("aún no se ha reportado");
      school.south().report(12);
      school.north().report(0);
      page.clock().runFor(EVERY_MILLIS);
      assertThat(page.locator(".first")).hasText("Puerta Sur te necesita primero.");
      assertThat(page.locator(".device").first()).containsText("12 lecturas por enviar");
      Locator south = page.locator(".device").first();
      south.getByText("Dar de baja", new Locator.GetByTextOptions().setExact(true)).click();
      asked.clear();
      page.clock().runFor(2 * EVERY_MILLIS);
      assertThat(asked).as("asked for while a form is open").isEmpty();
      south.getByText("Dar de baja ahora").click();
      assertThat(page.getByRole(AriaRole.STATUS).first()).hasText("El kiosco quedó dado de baja.");
      assertThat(live.complaints()).isEmpty();
    }
  }

  @Test
  void a_code_is_shown_on_a_phone_in_the_dark_too() {
    Page page = browser.open(Role.ADMIN, "/devices", 360, ColorScheme.DARK);
    page.getByLabel("Nombre del kiosco").fill("TABLET");
    page.getByText("Obtener código").click();
    assertThat(ScannedCode.of(page.locator(".qr").screenshot()))
        .isEqualTo(page.locator(".code").innerText());
    StaffBrowser.picture(page, "enrolment-360-dark");
  }

  @Test
  void revoking_asks_first_and_tells_what_became_of_it() {
    Page page = browser.open(Role.ADMIN, "/devices", 360);
    Locator south =
        page.locator(".device").filter(new Locator.FilterOptions().setHasText("Puerta Sur"));
    south.getByText("Dar de baja", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(south.locator("form")).containsText("lo que tenga por enviar no llegará");
    StaffBrowser.picture(page, "devices-revoke-360");
    south.getByText("Dar de baja ahora").click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("El kiosco quedó dado de baja.");
    assertThat(page.locator(".device")).hasCount(1);
    page.getByText("Dados de baja (1)").click();
    assertThat(page.locator(".former li")).containsText("Puerta Sur");
  }
}
