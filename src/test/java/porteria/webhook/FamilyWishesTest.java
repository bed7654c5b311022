package porteria.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPhone;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** A family writes back: BAJA, and perhaps ALTA later. */
@Telling
@ExtendWith(RunningServerExtension.class)
class FamilyWishesTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestParent maria;

  FamilyWishesTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    maria = school.parentOf(ana);
  }

  @Test
  void who_answers_baja_is_told_no_more_and_the_other_guardian_still_is() {
    String father = school.guardianOf(ana);
    enter();
    await().until(() -> server.told(maria.phone()).size() == 1);
    unsubscribe("Baja.");
    leave();
    await().until(() -> server.told(father).size() == 2);
    assertThat(server.told(maria.phone())).hasSize(1);
  }

  @Test
  void of_two_who_share_a_phone_neither_is_told_by_it_any_more() {
    TestParent pedro = school.guardianOf(ana, maria.phone(), "Pedro Rojas");
    unsubscribe("STOP");
    assertThat(off(maria)).containsExactly("UNSUBSCRIBED");
    assertThat(off(pedro)).containsExactly("UNSUBSCRIBED");
    assertNothingCameTo(maria.phone());
  }

  @Test
  void of_two_who_share_a_phone_one_who_chooses_not_to_be_told_does_not_silence_the_other() {
    TestParent pedro = school.guardianOf(ana, maria.phone(), "Pedro Rojas");
    server.sql().lines("UPDATE guardian SET notification_prefs = '{}' WHERE id = ?", maria.id());
    enter();
    await().until(() -> server.told(pedro.phone()).size() == 1);
  }

  @Test
  void the_wish_holds_in_every_school_that_writes_to_the_phone() {
    TestSchool other = server.school();
    TestPupil eva = other.pupil("Eva Mora");
    other.guardianOf(eva, maria.phone(), "María Soto");
    unsubscribe("baja");
    other.north().in(eva, server.now());
    assertNothingCameTo(maria.phone());
  }

  @Test
  void the_mailbox_that_was_chosen_too_takes_the_phones_place() {
    String mailbox = school.mailbox(maria);
    unsubscribe("No más!");
    enter();
    await().until(() -> server.mails(mailbox).size() == 1);
    assertThat(server.told(maria.phone())).isEmpty();
  }

  @Test
  void what_waits_to_be_sent_is_not_sent_after_it() {
    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("to", maria.phone())
                .put("mode", "500"));
    enter();
    await()
        .until(
            () ->
                server
                        .sql()
                        .number(
                            "SELECT count(*) FROM notification WHERE school_id = ? AND attempt > 0"
                                + " AND status = 'QUEUED'",
                            school.id())
                    == 1);
    unsubscribe("Cancelar");
    server.providers().recover();
    server.clock().advance(Duration.ofMinutes(2));
    assertNothingCameTo(maria.phone());
    await()
        .untilAsserted(
            () ->
                assertThat(
                        server
                            .sql()
                            .lines(
                                "SELECT status, failure_class FROM notification"
                                    + " WHERE school_id = ? AND cause = 'ENTRY'",
                                school.id()))
                    .allMatch(line -> line.equals("FAILED NOT_WANTED")));
  }

  @Test
  void a_correction_of_what_was_told_before_does_not_come_either() {
    String event = school.north().in(ana, server.now()).get("event_id");
    await().until(() -> server.told(maria.phone()).size() == 1);
    unsubscribe("BAJA");
    school.north().annul(event);
    await()
        .during(Duration.ofMillis(700))
        .untilAsserted(() -> assertThat(server.told(maria.phone())).hasSize(1));
  }

  @Test
  void the_link_that_they_ask_for_themselves_still_comes() {
    unsubscribe("BAJA");
    assertThat(maria.newToken()).isNotEmpty();
  }

  @Test
  void who_writes_alta_is_told_again() {
    unsubscribe("BAJA");
    server.clock().advance(Duration.ofMinutes(1));
    server.providers().reply(maria.phone(), "alta");
    await().until(() -> off(maria).isEmpty());
    enter();
    await().until(() -> server.told(maria.phone()).size() == 1);
  }

  @Test
  void alta_does_not_lift_what_was_not_asked_for() {
    suppress("UNREACHABLE");
    server.providers().reply(maria.phone(), "ALTA");
    await()
        .during(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(off(maria)).containsExactly("UNREACHABLE"));
  }

  @Test
  void a_wish_that_is_told_again_days_later_or_out_of_order_does_not_undo_a_later_one() {
    long now = server.now().getEpochSecond();
    JsonObject stop = WhatsAppReports.text("wamid.stop" + id(), maria.phone(), now - 60, "BAJA");
    JsonObject start = WhatsAppReports.text("wamid.start" + id(), maria.phone(), now - 30, "ALTA");
    JsonObject older = WhatsAppReports.text("wamid.older" + id(), maria.phone(), now - 90, "BAJA");
    for (JsonObject each : List.of(stop, start, stop, older, start)) {
      assertThat(server.whatsAppTells(each).status()).isEqualTo(200);
    }
    assertThat(off(maria)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"payload", "text"})
  void the_button_of_a_template_says_it_too(String field) {
    JsonObject message =
        new JsonObject()
            .put("from", maria.phone())
            .put("id", "wamid.button" + id())
            .put("timestamp", "1781090000")
            .put("type", "button")
            .put("button", new JsonObject().put(field, "Baja"));
    server.whatsAppTells(
        WhatsAppReports.change(new JsonObject().put("messages", new JsonArray().add(message))));
    assertThat(off(maria)).containsExactly("UNSUBSCRIBED");
  }

  @Test
  void other_words_of_a_family_change_nothing() {
    long now = server.now().getEpochSecond();
    String wamid = "wamid.talk" + id();
    server.whatsAppTells(
        WhatsAppReports.text(wamid, maria.phone(), now, "Hoy no vamos a PARAR en la entrada"));
    assertThat(off(maria)).isEmpty();
    assertThat(
            server
                .sql()
                .number("SELECT count(*) FROM contact_wish WHERE provider_message_id = ?", wamid))
        .isZero();
  }

  @Test
  void staff_see_it_and_an_admin_may_lift_it_which_is_audited() {
    unsubscribe("BAJA");
    JsonObject contact = contact();
    assertThat(contact.getJsonObject("suppressed").getString("reason")).isEqualTo("UNSUBSCRIBED");
    assertThat(contact.getJsonObject("suppressed").getInstant("since")).isEqualTo(server.now());
    assertThat(school.get("/guardians?student_id=" + ana.id()).text()).contains("UNSUBSCRIBED");
    String path =
        "/guardians/%s/contacts/%s/suppression".formatted(maria.id(), contact.getString("id"));
    assertThat(delete(path, school.login(Role.INSPECTOR)).status()).isEqualTo(403);
    assertThat(delete(path, school.login(Role.ADMIN)).status()).isEqualTo(204);
    assertThat(delete(path, school.login(Role.ADMIN)).status()).isEqualTo(204);
    assertThat(contact().containsKey("suppressed")).isFalse();
    String trail =
        server.get("/audit?action=guardian.contact_resumed", school.login(Role.DIRECTOR)).text();
    assertThat(trail).contains("UNSUBSCRIBED").doesNotContain(maria.phone());
    enter();
    await().until(() -> server.told(maria.phone()).size() == 1);
  }

  @Test
  void a_contact_of_another_guardian_or_school_is_none() {
    unsubscribe("BAJA");
    String contact = contact().getString("id");
    TestParent other = school.parentOf(ana);
    assertThat(
            delete(
                    "/guardians/%s/contacts/%s/suppression".formatted(other.id(), contact),
                    school.login(Role.ADMIN))
                .status())
        .isEqualTo(404);
    TestSchool foreign = server.school();
    assertThat(
            delete(
                    "/guardians/%s/contacts/%s/suppression".formatted(maria.id(), contact),
                    foreign.login(Role.ADMIN))
                .status())
        .isEqualTo(404);
    assertThat(off(maria)).containsExactly("UNSUBSCRIBED");
  }

  @Test
  void the_guardian_sees_it_on_the_page_and_starts_again_with_a_button() {
    unsubscribe("BAJA");
    TestPhone browser = new TestPhone(server);
    String page = "/p/" + school.slug();
    browser.send(page, "/p/session", Map.of("token", maria.newToken(), "school", school.slug()));
    assertThat(browser.get(page).text())
        .contains("Avisos detenidos", "Pediste no recibir más avisos", "Volver a recibir avisos");
    String contact = contact().getString("id");
    assertThat(browser.send(page, page + "/resume", Map.of("contact", contact)).status())
        .isEqualTo(303);
    assertThat(browser.get(page).text()).doesNotContain("Avisos detenidos");
    assertThat(off(maria)).isEmpty();
  }

  @Test
  void the_guardian_sees_it_beside_the_preferences_and_lifts_only_what_was_asked_for() {
    unsubscribe("BAJA");
    String session = maria.signIn();
    JsonObject suppressed =
        server
            .get("/parents/me/preferences", session)
            .json()
            .getJsonArray("suppressed")
            .getJsonObject(0);
    assertThat(suppressed.getString("reason")).isEqualTo("UNSUBSCRIBED");
    assertThat(suppressed.getString("address")).isEqualTo("+" + maria.phone());
    String path =
        "/parents/me/contacts/%s/suppression".formatted(suppressed.getString("contact_id"));
    assertThat(delete(path, session).status()).isEqualTo(204);
    assertThat(off(maria)).isEmpty();
    suppress("UNREACHABLE");
    assertThat(delete(path, session).status()).isEqualTo(409);
    assertThat(off(maria)).containsExactly("UNREACHABLE");
  }

  @Test
  void whoever_is_erased_takes_along_what_is_known_of_addresses_that_nobody_else_has() {
    TestParent pedro = school.guardianOf(ana, maria.phone(), "Pedro Rojas");
    unsubscribe("BAJA");
    erase(maria);
    assertThat(off(pedro)).containsExactly("UNSUBSCRIBED");
    erase(pedro);
    assertThat(
            server
                .sql()
                .number(
                    "SELECT count(*) FROM contact_suppression WHERE school_id = ?", school.id()))
        .isZero();
  }

  private void erase(TestParent parent) {
    Reply erased =
        server.post(
            "/guardians/" + parent.id() + "/erase",
            school.login(Role.ADMIN),
            new JsonObject().put("reason", "REQUESTED"));
    assertThat(erased.status()).isEqualTo(200);
  }

  /** Types it into the simulator's inbox. */
  private void unsubscribe(String text) {
    server.providers().reply(maria.phone(), text);
    await().untilAsserted(() -> assertThat(off(maria)).containsExactly("UNSUBSCRIBED"));
  }

  private void suppress(String reason) {
    server
        .sql()
        .lines(
            "INSERT INTO contact_suppression (school_id, channel, address, reason, since)"
                + " VALUES (?, 'WHATSAPP', ?, ?, now())",
            school.id(),
            "+" + maria.phone(),
            reason);
  }

  private void enter() {
    school.north().in(ana, server.now());
  }

  private void leave() {
    server.clock().advance(Duration.ofMinutes(10));
    school.north().out(ana, server.now());
  }

  private void assertNothingCameTo(String phone) {
    enter();
    await()
        .during(Duration.ofMillis(700))
        .untilAsserted(() -> assertThat(server.told(phone)).isEmpty());
  }

  /** Why the guardian's contacts are not written to. */
  private List<String> off(TestParent parent) {
    return server
        .sql()
        .lines(
            "SELECT s.reason FROM contact_suppression s JOIN guardian_contact c"
                + " ON c.school_id = s.school_id AND lower(c.address) = s.address"
                + " WHERE c.guardian_id = ?",
            parent.id());
  }

  private JsonObject contact() {
    return school.get("/guardians/" + maria.id()).list("contacts").getFirst();
  }

  private Reply delete(String path, String token) {
    return Reply.of(
        server
            .request(HttpMethod.DELETE, "/api/v1" + path)
            .bearerTokenAuthentication(token)
            .send()
            .await());
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
