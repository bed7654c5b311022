package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.MessageStates;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Every page in its main states, by WCAG 2.2 AA. */
@ExtendWith(RunningServerExtension.class)
@Telling
class AccessibilityBrowserTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern UNSUBSCRIBE = Pattern.compile("/unsubscribe/[\\w.~-]+");

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final SchoolBrowser browser;
  private final Accessible accessible = new Accessible();

  /** The dashboard and pages that only make sense with messages have tests of their own. */
  private final Set<String> visited =
      new HashSet<>(Set.of("/dashboard", "/broadcasts", "/schedules", "/notifications"));

  AccessibilityBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas Contreras");
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
    server.providers().clear();
    server.sql().lines("DELETE FROM sending_pause");
  }

  @Test
  void the_dashboard_can_be_used_by_everybody() {
    school.north().in(ana, server.now());
    school.south().out(ana, server.now().plusSeconds(300));
    school.north().send(school.north().read("NFC", "AAAAAAAAAAAAAAAAAAAAAA", "IN"));
    Page page = browser.open(Role.DIRECTOR, "/dashboard", 1280);
    ready(page);
    accessible.look(page, "dashboard");
    page.locator(".account summary").click();
    accessible.look(page, "dashboard with its menu");

    Page troubled = browser.blank(Role.DIRECTOR, 1280);
    troubled.route(
        "**/api/v1/attendance/alarms",
        route ->
            route.fulfill(
                new FulfillOptions()
                    .setContentType("application/json")
                    .setBody(HeldAlarms.ofADarkGate())));
    pause();
    troubled.navigate(SchoolBrowser.url("/dashboard"));
    ready(troubled);
    assertThat(troubled.locator("#sending h2")).isVisible();
    accessible.look(troubled, "dashboard with a dark gate");
    troubled.locator("#alarms-ask").click();
    accessible.look(troubled, "dashboard asking whether to send");
    accessible.conclude();
  }

  @Test
  void the_dashboard_of_a_day_on_which_some_are_missing_can_be_used_by_everybody() {
    TestSchool older = server.schoolOfLastYear();
    TestPupil missing = older.pupil("Pedro Soto", older.course("5.º Básico A", "07:00"));
    older.guardianOf(missing);
    older.north().in(older.pupil("Rosa Vidal"), server.now());
    try (SchoolBrowser visitor = new SchoolBrowser(server, older)) {
      Page page = visitor.open(Role.DIRECTOR, "/dashboard", 1280);
      ready(page);
      assertThat(page.locator("#missing-rows .absentee")).hasCount(1);
      accessible.look(page, "dashboard with somebody missing");
    }
    accessible.conclude();
  }

  @Test
  void the_records_can_be_used_by_everybody() {
    TestParent maria = school.parentOf(ana);
    school.mailbox(maria);
    school.north().in(ana, server.now().minus(Duration.ofMinutes(20)));
    school.revokeCards(school.pupil("Pedro Soto"), server.now());
    Page page = browser.open(Role.ADMIN, "/students", 1280);
    accessible.look(page, "students");
    visit(page, "/students?q=zzz");
    visit(page, "/students/" + ana.id());
    page.getByText("Preparar", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".secret")).isVisible();
    accessible.look(page, "sticker");
    visit(page, "/students/" + UUID.randomUUID());
    visit(page, "/tags");
    visit(page, "/tags?course_id=" + school.course());
    visit(page, "/devices");
    page.getByLabel("Nombre del kiosco").fill("TABLET");
    page.getByText("Obtener código").click();
    assertThat(page.locator(".code")).isVisible();
    accessible.look(page, "enrolment");
    visit(page, "/staff");
    page.getByText("Dar contraseña nueva").first().click();
    assertThat(page.locator(".secret")).isVisible();
    accessible.look(page, "password");
    visit(page, "/account");
    page.getByText("Registrar mi teléfono").click();
    assertThat(page.locator(".qr")).isVisible();
    accessible.look(page, "second factor");
    visit(page, "/audit");
    absences(maria);
    visit(page, "/absences");
    visit(page, "/absences?status=APPROVED");
    visitAll(page, ".account nav a");
    visit(page, "/logout");
    accessible.conclude();
  }

  @Test
  void the_settings_can_be_used_by_everybody() {
    Page page = browser.blank(Role.ADMIN, 1280);
    visit(page, "/settings");
    page.locator("#phone").fill("nueve");
    page.locator("#settings > button").click();
    assertThat(page.locator(".mistake")).isVisible();
    accessible.look(page, "settings with a mistake");
    page.locator("#phone").fill("");
    page.locator("#grace_minutes").fill("5");
    page.locator("#settings > button").click();
    assertThat(page.locator(".confirm li").first()).isVisible();
    accessible.look(page, "settings that ask first");
    visit(page, "/account");
    page.getByText("Registrar mi teléfono").click();
    assertThat(page.locator(".qr")).isVisible();
    accessible.look(page, "an authenticator app on offer");
    page.getByLabel("Código que muestra la aplicación").fill("000");
    page.getByText("Activar").click();
    assertThat(page.locator("#wrong")).isVisible();
    accessible.look(page, "a code that is mistyped");
    accessible.conclude();
  }

  @Test
  void the_hours_can_be_used_by_everybody() {
    Page page = browser.open(Role.ADMIN, "/schedules?month=2026-06", 1280);
    accessible.look(page, "schedules without a change");
    visit(page, "/schedules/new?date=2026-06-12");
    page.getByText("Guardar", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("#wrong-times")).isVisible();
    accessible.look(page, "a change of hours with mistakes");
    page.getByLabel("Nueva salida").fill("12:30");
    page.getByLabel("Motivo").fill("consejo de profesores");
    page.getByText("Guardar", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".month .changed")).isVisible();
    accessible.look(page, "schedules with a change");
    visit(page, "/schedules/base/" + school.course());
    page.locator("#out_0").fill("07:00");
    page.getByText("Guardar", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("#wrong-0")).isVisible();
    accessible.look(page, "a usual week with mistakes");
    accessible.conclude();
  }

  @Test
  void the_messages_can_be_used_by_everybody() {
    browser.families(2);
    enter(ana, "DELIVERED");
    server
        .providers()
        .fail(new JsonObject().put("channel", "WHATSAPP").put("mode", "code").put("code", 131026));
    enter(school.pupil("Pedro Soto"), "FAILED");
    server.providers().recover();
    pause();
    Page page = browser.open(Role.ADMIN, "/notifications", 1280);
    accessible.look(page, "notifications");
    visit(page, "/notifications?status=PARKED");
    visit(page, "/notifications/preview");
    server.sql().lines("DELETE FROM sending_pause");
    visit(page, "/broadcasts");
    visit(page, "/broadcasts/new");
    page.getByText("Ver a quién llega").click();
    assertThat(page.locator("#wrong-times")).isVisible();
    accessible.look(page, "a broadcast with mistakes");
    page.getByText("Otra cosa, con tus palabras").click();
    accessible.look(page, "a notice");
    page.getByLabel("Asunto").fill("Reunión de apoderados");
    page.getByLabel("Mensaje").fill("Nos vemos el jueves.");
    page.getByText("Ver a quién llega").click();
    assertThat(page.getByText("Así no le llega a nadie.")).isVisible();
    accessible.look(page, "a notice that reaches nobody");
    preview(page);
    accessible.look(page, "the preview of a broadcast");
    server.providers().fail(new JsonObject().put("channel", "WHATSAPP").put("mode", "500"));
    page.getByText("Avisar a 2 familias").click();
    assertThat(page.locator(".mark")).hasText("Enviándose");
    accessible.look(page, "a broadcast under way");
    page.getByText("Sí, detener").click();
    assertThat(page.locator(".mark")).hasText("Detenida");
    accessible.look(page, "a broadcast that was stopped");
    server.providers().recover();
    visit(page, "/broadcasts");
    accessible.conclude();
  }

  @Test
  void the_doors_and_the_pages_of_families_can_be_used_by_everybody() {
    String mailbox = school.readerOf(ana);
    TestParent maria = school.parentOf(ana, school.pupil("Bruno Rojas"));
    school.north().in(ana, server.now());
    Page page = browser.stranger(1280);
    visit(page, "/login");
    page.getByLabel("Correo").fill("nadie@example.test");
    page.getByLabel("Contraseña").fill("una que no es");
    page.getByText("Entrar").click();
    assertThat(page.locator("#login-error")).isVisible();
    accessible.look(page, "login refused");
    visit(page, "/t/" + ana.nfcToken());
    visit(page, "/t/AAAAAAAAAAAAAAAAAAAAAA");
    Awaitility.await().atMost(PATIENCE).until(() -> !server.mails(mailbox).isEmpty());
    String mail = server.mails(mailbox).getFirst().encode();
    String unsubscribe = UNSUBSCRIBE.matcher(mail).results().findFirst().orElseThrow().group();
    visit(page, unsubscribe);
    page.locator("form button").click();
    assertThat(page.getByText("Listo:")).isVisible();
    accessible.look(page, "unsubscribed");
    visit(page, "/unsubscribe/none");
    visit(page, "/p");
    visit(page, "/p/" + school.slug());
    page.navigate(SchoolBrowser.url("/p/" + school.slug() + "#" + maria.newToken()));
    assertThat(page.getByText("Entrar")).isVisible();
    accessible.look(page, "a link of parents");
    page.getByText("Entrar").click();
    assertThat(page.locator("h1")).hasText(ana.fullName());
    accessible.look(page, "parents");
    visitAll(page, "a[href^='/p/" + school.slug() + "/']");
    page.navigate(SchoolBrowser.url("/docs"));
    assertThat(page.locator(".opblock").first()).isVisible();
    accessible.look(page, "docs", 360);
    accessible.conclude();
  }

  private void visit(Page page, String path) {
    visited.add(path);
    page.navigate(SchoolBrowser.url(path));
    accessible.look(page, path);
  }

  /** Wherever these links of a page lead to that was not visited before, whatever pages come. */
  private void visitAll(Page page, String links) {
    Object found =
        page.locator(links).evaluateAll("links => links.map((each) => each.getAttribute('href'))");
    for (Object path : (List<?>) Objects.requireNonNull(found)) {
      if (!visited.contains(String.valueOf(path))) {
        visit(page, String.valueOf(path));
      }
    }
  }

  private static void ready(Page page) {
    assertThat(page.locator("#main")).hasAttribute("aria-busy", "false");
    assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
  }

  private void preview(Page page) {
    page.navigate(SchoolBrowser.url("/broadcasts/new"));
    page.getByLabel("Día", new Page.GetByLabelOptions().setExact(true)).fill("2026-06-12");
    page.getByLabel("Nueva salida").fill("12:30");
    page.getByLabel("Motivo").fill("consejo de profesores");
    page.getByText("Ver a quién llega").click();
    assertThat(page.getByText("Avisar a 2 familias")).isVisible();
  }

  private void enter(TestPupil pupil, String status) {
    school.guardianOf(pupil);
    school.north().in(pupil, server.now());
    new MessageStates(server.sql()).awaitOfPupil(pupil.id(), status);
  }

  private void pause() {
    server
        .sql()
        .lines(
            "INSERT INTO sending_pause VALUES ('WHATSAPP', 'TEMPLATE', 'ingreso_ok/es', '132015',"
                + " 'paused', '2026-06-10T11:00:00Z')");
  }

  private void absences(TestParent maria) {
    String token = maria.signIn();
    for (String day : List.of("2026-06-11", "2026-06-12")) {
      JsonObject wish =
          new JsonObject()
              .put("student_id", ana.id().toString())
              .put("type", "TRAVEL")
              .put("from", day)
              .put("to", day)
              .put("note", "Viaje a Concepción");
      server.post("/parents/me/absences", token, wish);
    }
    server
        .sql()
        .lines(
            "UPDATE absence_request SET status = 'WITHDRAWN', resolved_at = submitted_at"
                + " WHERE school_id = ? AND from_date = '2026-06-11'",
            school.id());
  }
}
