package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.browser.FamilyBrowser.Look;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** A guardian chooses what they are told, where and in which language, and about photos. */
@Telling
@ExtendWith(RunningServerExtension.class)
class FamilySettingsBrowserTest {

  private static final String NOT_ARRIVED = "No ha llegado, WhatsApp";

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestParent maria;
  private final FamilyBrowser browser = new FamilyBrowser();

  FamilySettingsBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    maria = school.parentOf(ana, school.pupil("Bruno Rojas"));
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void a_switch_is_saved_at_once_and_taken_back() {
    Page phone = open("/settings", Look.PHONE);
    Locator toggle = phone.getByLabel(NOT_ARRIVED);
    assertThat(toggle).not().isChecked();
    assertThat(phone.getByLabel("Entró, Correo")).isDisabled();
    assertThat(phone.getByText("El colegio no tiene tu correo.")).isVisible();
    assertThat(button(phone, "Guardar")).isHidden();
    FamilyBrowser.shoot(phone, "family-settings-360");
    toggle.click();
    assertThat(phone.getByRole(AriaRole.STATUS)).hasText("Guardado.");
    assertThat(wanted("NO_INGRESO_UMBRAL")).isEqualTo("[\"WHATSAPP\"]");
    FamilyBrowser.shoot(phone, "family-settings-saved-360");
    button(phone, "Deshacer").click();
    assertThat(phone.getByRole(AriaRole.STATUS)).hasText("Deshecho.");
    assertThat(toggle).not().isChecked();
    assertThat(wanted("NO_INGRESO_UMBRAL")).isEqualTo("[]");
    assertThat(wanted("INGRESO_OK")).isEqualTo("[\"WHATSAPP\"]");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_switch_that_could_not_be_saved_falls_back_and_says_so() {
    Page phone = open("/settings", Look.PHONE);
    phone.route("**/settings/messages", Route::abort);
    phone.getByLabel(NOT_ARRIVED).click();
    assertThat(phone.getByRole(AriaRole.STATUS)).containsText("No se pudo guardar.");
    assertThat(phone.getByLabel(NOT_ARRIVED)).not().isChecked();
    assertThat(button(phone, "Deshacer")).isHidden();
  }

  @Test
  void without_scripts_a_button_saves_all_switches() {
    school.mailbox(maria);
    Page phone = open("/settings", Look.PHONE_WITHOUT_SCRIPTS);
    phone.getByLabel("Cambio de horario, Correo").click();
    phone.getByLabel("Entró, WhatsApp").click();
    button(phone, "Guardar").click();
    assertThat(phone.locator(".notice")).hasText("Guardado.");
    assertThat(phone.getByLabel("Cambio de horario, Correo")).isChecked();
    assertThat(wanted("CAMBIO_HORARIO")).isEqualTo("[\"EMAIL\"]");
    assertThat(wanted("INGRESO_OK")).isEqualTo("[\"EMAIL\"]");
    button(phone, "No recibir nada por correo").click();
    assertThat(phone.locator(".notice")).containsText("no te enviaremos más avisos");
    assertThat(phone.locator("#contacts ~ .contact").last()).containsText("No recibe avisos");
    assertThat(wanted("CAMBIO_HORARIO")).isEqualTo("[]");
    assertThat(wanted("SALIDA_OK")).isEqualTo("[\"WHATSAPP\"]");
  }

  @Test
  void another_language_is_that_of_the_page_and_of_messages() {
    Page phone = open("/settings", Look.PHONE);
    button(phone, "Português").click();
    assertThat(phone.locator("html")).hasAttribute("lang", "pt-BR");
    assertThat(phone.locator(".notice")).hasText("Salvo.");
    assertThat(phone.getByRole(AriaRole.HEADING, new GetByRoleOptions().setLevel(1)))
        .hasText("O que avisamos e por onde");
    assertThat(server.sql().lines("SELECT language FROM guardian WHERE id = ?", maria.id()))
        .containsExactly("pt");
    FamilyBrowser.shoot(phone, "family-settings-pt-360");
  }

  @Test
  void photos_of_a_child_are_allowed_and_refused_in_plain_words() {
    server.sql().lines("UPDATE school SET photos_allowed = true WHERE id = ?", school.id());
    school.mailbox(maria);
    Page wide = open("/settings", Look.WIDE);
    assertThat(wide.getByText("No autorizas fotos de Ana en la puerta.")).isVisible();
    assertThat(wide.getByText("Se borra a los 60 días")).isVisible();
    button(wide, "Autorizar: Ana").click();
    assertThat(wide.getByText("Autorizas que se tome una foto de Ana")).isVisible();
    assertThat(wide.getByText("No autorizas fotos de Bruno en la puerta.")).isVisible();
    assertThat(consents()).isOne();
    FamilyBrowser.shoot(wide, "family-settings-1920");
    server.clock().advance(Duration.ofMinutes(1));
    button(wide, "Retirar: Ana").click();
    assertThat(wide.locator(".notice")).hasText("Guardado: retiraste tu autorización.");
    assertThat(consents()).isZero();
  }

  @Test
  void a_contact_that_was_stopped_is_shown_and_written_to_again() {
    server
        .sql()
        .lines(
            "INSERT INTO contact_suppression (school_id, channel, address, reason, since)"
                + " VALUES (?, 'WHATSAPP', ?, 'UNSUBSCRIBED', now())",
            school.id(),
            "+" + maria.phone());
    Page night = open("/settings", Look.PHONE_AT_NIGHT);
    assertThat(night.getByText("Pediste no recibir más avisos en este contacto.")).isVisible();
    FamilyBrowser.shoot(night, "family-settings-stopped-360-dark");
    button(night, "Volver a recibir avisos").click();
    assertThat(night.locator(".notice")).containsText("volverás a recibir avisos");
    assertThat(button(night, "No recibir nada por WhatsApp")).isVisible();
  }

  @Test
  void families_read_what_is_kept_and_whom_to_ask_to_erase_it() {
    server.sql().lines("UPDATE school SET phone = '+56221234567' WHERE id = ?", school.id());
    Page phone = open("/settings", Look.PHONE);
    phone
        .getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Qué guardamos y cómo borrarlo"))
        .click();
    assertThat(phone.getByText("Este colegio no toma fotos.")).isVisible();
    assertThat(phone.getByText("sigue conectado 30 días")).isVisible();
    assertThat(phone.locator("a[href='tel:+56221234567']")).isVisible();
    FamilyBrowser.shoot(phone, "family-privacy-360");
    FamilyBrowser.shoot(open("/privacy", Look.WIDE), "family-privacy-1920");
  }

  private Page open(String path, Look look) {
    return browser.open(server, school, maria, path, look);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  private String wanted(String type) {
    List<String> kept =
        server
            .sql()
            .lines("SELECT notification_prefs -> ? FROM guardian WHERE id = ?", type, maria.id());
    return kept.getFirst();
  }

  /** How many consents to photos stand. */
  private long consents() {
    return server
        .sql()
        .number(
            "SELECT count(*) FROM consent WHERE school_id = ? AND guardian_id = ?"
                + " AND student_id = ? AND 'PHOTO' = ANY (scopes) AND expires_at IS NULL",
            school.id(),
            maria.id(),
            ana.id());
  }
}
