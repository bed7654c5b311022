package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.browser.FamilyBrowser.Look;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.SignedUrls;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** A guardian says that a child will be absent. It is Wednesday the 10th of June. */
@ExtendWith(TestServersExtension.class)
class FamilyAbsenceBrowserTest {

  private static final String PDF = "%PDF-1.7 pasaje";

  private static @Nullable RunningServer started;

  private final RunningServer server = Objects.requireNonNull(started, "not started");
  private final TestSchool school = server.school();
  private final TestPupil ana = school.pupil("Ana Rojas");
  private final TestParent maria = school.parentOf(ana);
  private final FamilyBrowser browser = new FamilyBrowser();

  @BeforeAll
  static void start(TestServers servers) {
    started = RunningServer.tellingAndKeepingFiles(servers);
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(started, "not started").close();
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void an_absence_is_reported_in_three_taps_answered_and_seen() {
    Page phone = open("", Look.PHONE);
    phone.getByText("Avisar una ausencia").click();
    FamilyBrowser.shoot(phone, "family-absence-360");
    pick(phone, "Enfermedad");
    button(phone, "Avisar al colegio").click();
    assertThat(phone.locator(".notice")).containsText("el colegio ya lo sabe");
    assertThat(phone.locator(".request")).containsText("miércoles 10 de junio");
    assertThat(phone.locator(".request")).containsText("El colegio aún no responde");
    assertThat(requests()).containsExactly("SICKNESS 2026-06-10 2026-06-10 PENDING null");
    server
        .post(
            "/absences/" + id() + "/reject",
            school.login(Role.INSPECTOR),
            new JsonObject().put("reason", "Hoy hay una prueba"))
        .status();
    phone.reload();
    assertThat(phone.locator(".request")).containsText("Rechazada hoy, 07:30");
    assertThat(phone.locator(".request blockquote")).hasText("Hoy hay una prueba");
    FamilyBrowser.shoot(phone, "family-absence-answered-360");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void other_days_come_with_a_note_and_a_document() throws Exception {
    Page wide = open("/absences", Look.WIDE);
    assertThat(wide.getByLabel("Desde el")).isHidden();
    pick(wide, "Otros días");
    wide.getByLabel("Desde el").fill("2026-06-15");
    wide.getByLabel("Hasta el").fill("2026-06-17");
    pick(wide, "Viaje");
    wide.getByText("Agregar una nota o un documento").click();
    wide.getByLabel("Nota para el colegio").fill("Matrimonio en Chillán");
    wide.getByLabel("Documento, por ejemplo").setInputFiles(file("pasaje.pdf", PDF));
    FamilyBrowser.shoot(wide, "family-absence-other-1920");
    button(wide, "Avisar al colegio").click();
    assertThat(wide.locator(".request")).containsText("Escribiste: Matrimonio en Chillán");
    assertThat(wide.locator(".request")).containsText("Con documento.");
    assertThat(requests())
        .containsExactly("TRAVEL 2026-06-15 2026-06-17 PENDING Matrimonio en Chillán");
    FamilyBrowser.shoot(wide, "family-absence-sent-1920");
    String document = school.get("/absences/" + id() + "/attachment").get("url");
    assertThat(new String(SignedUrls.fetched(document), StandardCharsets.ISO_8859_1))
        .isEqualTo(PDF);
    wide.getByText("Retirar", new Page.GetByTextOptions().setExact(true)).click();
    button(wide, "Sí, retirarla").click();
    assertThat(wide.locator(".notice")).hasText("Retirada.");
    assertThat(wide.locator(".request")).hasAttribute("data-status", "WITHDRAWN");
  }

  @Test
  void what_was_typed_stays_when_something_is_wrong() {
    Page phone = open("/absences", Look.PHONE_AT_NIGHT);
    pick(phone, "Otros días");
    phone.getByLabel("Desde el").fill("2026-06-15");
    phone.getByLabel("Hasta el").fill("2026-06-11");
    pick(phone, "Médico");
    note(phone, "Control\nanual");
    button(phone, "Avisar al colegio").click();
    assertThat(phone.getByRole(AriaRole.ALERT)).containsText("Revisa los días");
    assertThat(phone.getByLabel("Hasta el")).hasValue("2026-06-11");
    assertThat(phone.getByLabel("Nota para el colegio")).hasValue("Control\nanual");
    FamilyBrowser.shoot(phone, "family-absence-wrong-360-dark");
    phone.getByLabel("Hasta el").fill("2026-06-15");
    phone.getByLabel("Documento, por ejemplo").setInputFiles(file("virus.pdf", "MZ"));
    button(phone, "Avisar al colegio").click();
    assertThat(phone.getByRole(AriaRole.ALERT)).containsText("una foto (JPEG o PNG) o un PDF");
    assertThat(requests()).isEmpty();
    button(phone, "Avisar al colegio").click();
    assertThat(phone.locator(".request")).hasCount(1);
  }

  @Test
  void a_day_that_is_reported_already_is_not_reported_twice() {
    Page phone = open("/absences", Look.PHONE_WITHOUT_SCRIPTS);
    for (int times = 0; times < 2; times++) {
      pick(phone, "Mañana");
      pick(phone, "Familia");
      button(phone, "Avisar al colegio").click();
      assertThat(phone.locator(".request")).hasCount(1);
    }
    assertThat(phone.getByRole(AriaRole.ALERT)).containsText("Ya hay una ausencia avisada");
    assertThat(requests()).containsExactly("FAMILY 2026-06-11 2026-06-11 PENDING null");
  }

  @Test
  void what_was_typed_stays_when_the_form_stood_open_for_too_long() {
    Page phone = open("/absences", Look.PHONE);
    pick(phone, "Otro motivo");
    note(phone, "Cuidado de un hermano");
    outdate(phone);
    button(phone, "Avisar al colegio").click();
    assertThat(phone.getByRole(AriaRole.ALERT)).containsText("Tus datos siguen aquí");
    assertThat(phone.getByLabel("Nota para el colegio")).hasValue("Cuidado de un hermano");
    assertThat(requests()).isEmpty();
    button(phone, "Avisar al colegio").click();
    assertThat(phone.locator(".request")).containsText("Cuidado de un hermano");
    FamilyBrowser.shoot(phone, "family-absence-again-360");
  }

  @Test
  void a_document_that_is_too_large_is_refused_in_words() {
    Page phone = open("/absences", Look.PHONE);
    pick(phone, "Enfermedad");
    phone.getByText("Agregar una nota o un documento").click();
    phone
        .getByLabel("Documento, por ejemplo")
        .setInputFiles(file("foto.pdf", "%PDF-1.7" + "x".repeat(6 * 1024 * 1024)));
    button(phone, "Avisar al colegio").click();
    assertThat(phone.getByText("hasta 5 MB").first()).isVisible();
    assertThat(requests()).isEmpty();
  }

  @Test
  void other_guardians_see_the_days_and_the_answer_but_no_words() {
    TestParent pedro = school.guardianOf(ana, "56977770001", "Pedro Rojas");
    server.post(
        "/parents/me/absences",
        pedro.signIn(),
        new JsonObject()
            .put("student_id", ana.id().toString())
            .put("type", "FAMILY")
            .put("from", "2026-06-11")
            .put("to", "2026-06-11")
            .put("note", "Asunto privado"));
    Page phone = open("/absences", Look.PHONE);
    assertThat(phone.locator(".request")).containsText("avisada por otra persona a cargo");
    assertThat(phone.locator("body")).not().containsText("Asunto privado");
    assertThat(phone.getByText("Retirar", new Page.GetByTextOptions().setExact(true))).hasCount(0);
  }

  /** Somebody came in or left in another tab since the page was opened. */
  private void outdate(Page page) {
    String root = "http://127.0.0.1:" + server.port();
    Page other = page.context().newPage();
    List<Cookie> before = page.context().cookies(root);
    other.navigate(root + "/p?notice=stale");
    other.close();
    assertThat(token(page.context().cookies(root))).isNotEqualTo(token(before));
  }

  private static String token(List<Cookie> cookies) {
    return cookies.stream()
        .filter(each -> each.name.equals("XSRF-TOKEN"))
        .map(each -> each.value)
        .findFirst()
        .orElseThrow();
  }

  private static void pick(Page page, String chip) {
    page.locator("label.chip")
        .filter(new Locator.FilterOptions().setHasText(chip))
        .locator("input")
        .check();
  }

  private static void note(Page page, String words) {
    page.getByText("Agregar una nota o un documento").click();
    page.getByLabel("Nota para el colegio").fill(words);
  }

  private static FilePayload file(String name, String text) {
    return new FilePayload(name, "application/pdf", text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Page open(String path, Look look) {
    return browser.open(server, school, maria, path, look);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  private String id() {
    return server
        .sql()
        .lines("SELECT id FROM absence_request WHERE school_id = ?", school.id())
        .getFirst();
  }

  private List<String> requests() {
    return server
        .sql()
        .lines(
            "SELECT type, from_date, to_date, status, note FROM absence_request"
                + " WHERE school_id = ? ORDER BY id",
            school.id());
  }
}
