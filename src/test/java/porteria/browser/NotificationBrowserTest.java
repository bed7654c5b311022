package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.ChromiumBrowser;
import porteria.testkit.MessageStates;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** The pages where staff find out what became of messages, and how they look. */
@ExtendWith(RunningServerExtension.class)
@Telling
class NotificationBrowserTest {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final RunningServer server;
  private final TestSchool school;
  private final ChromiumBrowser chromium = ChromiumBrowser.launch();

  NotificationBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
  }

  @BeforeEach
  void pauseNothing() {
    server.sql().lines("DELETE FROM sending_pause");
  }

  @AfterEach
  void close() {
    chromium.close();
    server.providers().clear();
    server.sql().lines("DELETE FROM sending_pause");
  }

  @Test
  void an_inspector_reads_why_a_message_failed_and_sends_it_again() {
    String phone = fail("Ana Rojas");
    Page page = open(Role.INSPECTOR, "/notifications", 1920);
    page.getByLabel("Estado").selectOption("FAILED");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Mostrar")).click();
    assertThat(page.locator(".message")).hasCount(1);
    assertThat(page.locator(".message")).containsText("Ingreso · Ana Rojas");
    assertThat(page.locator(".message")).containsText("Para María Soto · WhatsApp +56 9 ••••");
    assertThat(page.locator(".message .mark")).hasText("Falló");
    assertThat(page.getByText("Reintentar los de hoy")).hasCount(0);
    screenshot(page, "notifications-failed-1920");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Reintentar")).click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Se envía de nuevo.");
    await().untilAsserted(() -> assertThat(server.told(phone)).hasSize(1));
  }

  @Test
  void a_director_resumes_what_is_paused_from_the_page() {
    fail("Pedro Soto");
    String phone = park("Ana Rojas");
    Page inspector = open(Role.INSPECTOR, "/notifications", 360);
    assertThat(inspector.locator(".pause h2")).containsText("WhatsApp: «Ingreso» en pausa desde");
    assertThat(inspector.locator(".pause button")).hasCount(0);
    assertThat(inspector.locator("body")).not().containsText("ingreso_ok");
    assertNoSidewaysScroll(inspector);
    screenshot(inspector, "notifications-360");
    Page director = open(Role.DIRECTOR, "/notifications", 1920);
    screenshot(director, "notifications-1920");
    director.locator(".pause button").click();
    assertThat(director.getByRole(AriaRole.STATUS)).hasText("Se reanudó el envío.");
    assertThat(director.locator(".pause")).hasCount(0);
    await().untilAsserted(() -> assertThat(server.told(phone)).hasSize(1));
  }

  @Test
  void the_dashboard_shows_what_is_paused_and_a_director_resumes_it_with_one_click() {
    String phone = park("Ana Rojas");
    Page director = open(Role.DIRECTOR, "/dashboard", 1920);
    assertThat(director.locator("#sending h2")).containsText("WhatsApp: «Ingreso» en pausa desde");
    assertThat(director.locator("#sending .note")).hasText("1 mensaje del colegio espera");
    screenshot(director, "dashboard-paused-1920");
    director.locator("#sending button").click();
    assertThat(director.locator("#sending-result"))
        .hasText("Se reanudó el envío: sale 1 mensaje que esperaba.");
    await().untilAsserted(() -> assertThat(server.told(phone)).hasSize(1));
    Page phonePage = open(Role.INSPECTOR, "/dashboard", 360);
    phonePage.locator(".account summary").click();
    assertThat(phonePage.locator(".account nav a[href='/notifications']")).isVisible();
    screenshot(phonePage, "dashboard-menu-360");
  }

  @Test
  void each_message_is_shown_as_whatsapp_and_as_mail_in_the_schools_own_look() {
    server
        .sql()
        .lines(
            "UPDATE school SET color = '#0b5d3a', phone = '+56 2 2345' WHERE id = ?", school.id());
    for (int width : new int[] {360, 1920}) {
      Page page = open(Role.INSPECTOR, "/notifications/preview", width);
      assertThat(page.locator(".preview")).hasCount(11);
      assertThat(page.locator(".bubble").first())
          .containsText("Ana Rojas Contreras entró a las 07:52 por Puerta Norte.");
      assertThat(page.locator("iframe").first().contentFrame().locator("h1"))
          .hasText("Ana Rojas Contreras entró al colegio");
      assertThat(page.locator("iframe").first().contentFrame().locator("a[href^=tel]"))
          .hasText("+56 2 2345");
      assertNoSidewaysScroll(page);
      screenshot(page, "previews-" + width);
    }
    Page english = open(Role.INSPECTOR, "/notifications/preview?language=en", 1280);
    assertThat(english.locator(".bubble").first()).containsText("Arrived at school");
  }

  @Test
  void a_mail_in_the_preview_runs_and_loads_nothing_and_is_for_staff_alone() {
    Page page = open(Role.INSPECTOR, "/notifications/preview", 1280);
    String mail = page.locator("iframe").first().getAttribute("src");
    Response shown = Objects.requireNonNull(page.navigate(url(mail)));
    assertThat(shown.headers().get("content-security-policy"))
        .startsWith("sandbox; default-src 'none'");
    assertThat(server.request(HttpMethod.GET, mail).send().await().statusCode()).isEqualTo(404);
    Page stranger = page(1280);
    stranger.navigate(url("/notifications/preview"));
    assertThat(stranger).hasURL(url("/login"));
  }

  /** An entry that WhatsApp refused; the provider works again afterwards. Answers the phone. */
  private String fail(String name) {
    server
        .providers()
        .fail(new JsonObject().put("channel", "WHATSAPP").put("mode", "code").put("code", 131026));
    String phone = enter(name, "FAILED");
    server.providers().recover();
    return phone;
  }

  /** An entry that waits for its template to be resumed. Answers the phone. */
  private String park(String name) {
    String phone = enter(name, "DELIVERED");
    server.providers().clear();
    server
        .sql()
        .lines(
            "INSERT INTO sending_pause VALUES ('WHATSAPP', 'TEMPLATE', 'ingreso_ok/es', '132015',"
                + " 'paused', '2026-06-10T11:00:00Z')");
    server
        .sql()
        .lines(
            "UPDATE notification SET status = 'PARKED' WHERE school_id = ? AND status = 'DELIVERED'",
            school.id());
    return phone;
  }

  private String enter(String name, String status) {
    TestPupil pupil = school.pupil(name);
    String phone = school.guardianOf(pupil);
    school.north().in(pupil, server.now());
    new MessageStates(server.sql()).awaitOfPupil(pupil.id(), status);
    return phone;
  }

  private Page open(Role role, String path, int width) {
    Page page = page(width);
    page.context()
        .addCookies(List.of(new Cookie("porteria_session", school.login(role)).setUrl(url("/"))));
    page.navigate(url(path));
    return page;
  }

  private Page page(int width) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new NewContextOptions()
                    .setViewportSize(width, width < 600 ? 740 : 1080)
                    .setColorScheme(ColorScheme.LIGHT)
                    .setLocale("es-CL"));
    return context.newPage();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  private static void assertNoSidewaysScroll(Page page) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .isEqualTo(true);
  }

  private static void screenshot(Page page, String name) {
    page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }
}
