package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.browser.SchoolBrowser.shoot;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestSchool;

/** The pages by which a director tells everybody. */
@ExtendWith(RunningServerExtension.class)
@Telling
class BroadcastBrowserTest {

  private static final double PATIENT_MILLIS = 30_000;

  private final RunningServer server;
  private final TestSchool school;
  private final SchoolBrowser browser;

  BroadcastBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
    server.providers().clear();
  }

  @Test
  void a_director_writes_sees_whom_it_reaches_sends_and_watches_it_to_the_end() {
    List<String> phones = browser.families(12);
    school.pupil("Sin Apoderado");
    Page page = browser.open(Role.DIRECTOR, "/broadcasts", 1920);
    assertThat(page.getByText("Aún no se ha avisado nada")).isVisible();
    shoot(page, "broadcasts-empty-1920");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Nueva difusión")).click();
    page.getByLabel("Día", new Page.GetByLabelOptions().setExact(true)).fill("2026-06-12");
    page.getByLabel("Nueva salida").fill("12:30");
    page.getByLabel("Motivo").fill("consejo de profesores extraordinario");
    Locator bubble = page.locator(".sample[data-language=es] .bubble");
    assertThat(bubble).containsText("viernes 12 de junio");
    assertThat(bubble).containsText("consejo de profesores extraordinario");
    shoot(page, "broadcast-new-1920");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Ver a quién llega")).click();

    assertThat(page.locator("h1")).hasText("Viernes 12 de junio: salida a las 12:30");
    assertThat(page.locator(".missed")).containsText("1 alumno sin apoderado registrado");
    assertThat(page.locator(".sample iframe").first().contentFrame().locator("body"))
        .containsText("12:30");
    shoot(page, "broadcast-preview-1920");
    assertThat(server.providers().messages()).isEmpty();

    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("mode", "slow")
                .put("delay_ms", 10_000));
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Avisar a 12 familias")).click();
    assertThat(page.locator(".mark")).hasText("Enviándose");
    assertThat(page.locator("#connection"))
        .hasAttribute("data-state", "live", new HasAttributeOptions().setTimeout(PATIENT_MILLIS));
    shoot(page, "broadcast-sending-1920");
    assertThat(page.locator("#progress")).containsText("Listo: se avisó a 12 familias.", patient());
    assertThat(page.locator(".mark")).hasText("Enviada");
    assertThat(page.locator(".history")).containsText("Enviada · Julia Paz");
    shoot(page, "broadcast-sent-1920");
    assertThat(phones).allSatisfy(phone -> assertThat(server.told(phone)).hasSize(1));
    assertThat(browser.complaints()).isEmpty();

    Page phone = browser.open(Role.DIRECTOR, "/broadcasts", 360);
    assertThat(phone.locator(".told li")).hasCount(1);
    shoot(phone, "broadcasts-360");
    phone.locator(".told a").click();
    shoot(phone, "broadcast-sent-360");
  }

  @Test
  void what_is_missing_is_said_at_its_field_and_what_was_written_stays() {
    Page page = browser.open(Role.DIRECTOR, "/broadcasts/new", 360);
    shoot(page, "broadcast-new-360");
    page.getByLabel("Motivo").fill("consejo");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Ver a quién llega")).click();
    assertThat(page.locator("#wrong-times"))
        .hasText("Indica la nueva entrada, la nueva salida o que no hay clases.");
    assertThat(page.getByLabel("Motivo")).hasValue("consejo");
    assertThat(page.getByLabel("Nueva salida")).hasAttribute("aria-invalid", "true");
    shoot(page, "broadcast-mistakes-360");
    page.getByText("Otra cosa, con tus palabras").click();
    assertThat(page.getByLabel("Motivo")).isHidden();
    page.getByLabel("Asunto").fill("Reunión de apoderados");
    page.getByLabel("Mensaje").fill("Nos vemos el jueves.\nEn el gimnasio.");
    assertThat(page.locator(".sample[data-language=es] .letter"))
        .containsText("Nos vemos el jueves.");
    assertThat(page.locator(".sample .bubble")).hasCount(0);
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Ver a quién llega")).click();
    assertThat(page.locator("h1")).hasText("Reunión de apoderados");
    assertThat(page.getByText("Así no le llega a nadie.")).isVisible();
    shoot(page, "broadcast-nobody-360");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Descartar")).click();
    assertThat(page.getByRole(AriaRole.STATUS)).hasText("Se descartó. No se envió nada.");
    assertThat(page.locator(".told .mark")).hasText("Descartada");
  }

  @Test
  void what_is_on_its_way_is_stopped_after_a_question_and_says_whom_it_told() {
    browser.families(3);
    server.providers().fail(new JsonObject().put("channel", "WHATSAPP").put("mode", "500"));
    Page page = previewed(360);
    shoot(page, "broadcast-preview-360");
    page.getByText("Avisar a 3 familias").click();
    assertThat(page.locator(".mark")).hasText("Enviándose");
    page.getByText("Detener el envío").click();
    shoot(page, "broadcast-stop-360");
    page.getByText("Sí, detener").click();
    assertThat(page.locator(".mark")).hasText("Detenida");
    assertThat(page.locator("#progress")).containsText("Se detuvo antes de avisar a nadie.");
    shoot(page, "broadcast-stopped-360");
    server.providers().recover();
  }

  @Test
  void failures_are_told_by_reason_and_sent_again() {
    List<String> phones = browser.families(3);
    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("mode", "code")
                .put("code", 131026)
                .put("to", phones.getFirst()));
    Page page = previewed(1920);
    page.getByText("Avisar a 3 familias").click();
    assertThat(page.locator("#progress")).containsText("Se avisó a 2 de 3 familias.", patient());
    assertThat(page.locator(".missed")).containsText("1 · La dirección no recibe mensajes.");
    shoot(page, "broadcast-failed-1920");
    server.providers().recover();
    page.getByText("Reintentar lo que falló").click();
    assertThat(page.locator("#progress")).containsText("Listo: se avisó a 3 familias.", patient());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(server.told(phones.getFirst())).hasSize(1));
  }

  @Test
  void another_count_than_the_page_said_sends_nothing_and_an_expired_preview_offers_another() {
    List<String> phones = browser.families(2);
    Page page = previewed(1280);
    page.evaluate("document.querySelector('[name=expected]').value = '3'");
    page.getByText("Avisar a 2 familias").click();
    assertThat(page.getByRole(AriaRole.STATUS).first())
        .hasText("Cambió a cuántas familias llega. Míralo de nuevo antes de enviar.");
    assertThat(page.locator(".mark")).hasText("Sin enviar");
    server
        .sql()
        .lines("UPDATE broadcast SET expires_at = created_at WHERE school_id = ?", school.id());
    page.getByText("Avisar a 2 familias").click();
    assertThat(page.getByRole(AriaRole.STATUS).first())
        .hasText("La vista previa venció y no se envió nada.");
    page.getByText("Ver de nuevo a quién llega").click();
    assertThat(page.getByText("Avisar a 2 familias")).isVisible();
    assertThat(phones).allSatisfy(phone -> assertThat(server.told(phone)).isEmpty());
  }

  /** The preview of a change on Friday. */
  private Page previewed(int width) {
    Page page = browser.open(Role.DIRECTOR, "/broadcasts/new", width);
    page.getByLabel("Día", new Page.GetByLabelOptions().setExact(true)).fill("2026-06-12");
    page.getByLabel("Nueva salida").fill("12:30");
    page.getByLabel("Motivo").fill("consejo de profesores");
    page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Ver a quién llega")).click();
    return page;
  }

  private static ContainsTextOptions patient() {
    return new ContainsTextOptions().setTimeout(PATIENT_MILLIS);
  }
}
