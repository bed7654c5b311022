package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.notification.SchoolRecords.BOTH;
import static porteria.notification.SchoolRecords.ONLY_EMAIL;
import static porteria.notification.SendingStage.FALLBACK_AFTER;
import static porteria.notification.SendingStage.OFTEN;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.bus.Addresses;
import porteria.bus.SendingChanged;
import porteria.config.WhatsAppSettings;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** What each kind of failure leads to, and the mail that stands in for WhatsApp. */
@ExtendWith(TestServersExtension.class)
class FailureTest {

  private static final String PHONE = "+56911111111";
  private static final String MAILBOX = "mama@example.org";
  private static final String STATES =
      "SELECT channel, status, failure_class FROM notification ORDER BY channel";

  private static SendingStage stage;

  @BeforeAll
  static void open(TestServers servers) throws SQLException {
    stage = new SendingStage(servers);
  }

  @AfterAll
  static void close() throws SQLException {
    stage.close();
  }

  @BeforeEach
  void prepare() {
    stage.prepare();
  }

  @AfterEach
  void undeploy() {
    stage.undeploy();
  }

  @ParameterizedTest
  @CsvSource({
    "131026, RECIPIENT", "131021, RECIPIENT", "131049, USER_CAP", "130472, USER_CAP",
    "131050, USER_CAP", "100, OUR_MISTAKE", "132000, OUR_MISTAKE", "131008, OUR_MISTAKE"
  })
  void a_refusal_for_good_is_told_by_mail_at_once(int code, String failureClass) {
    stage.contact("es", BOTH, PHONE, MAILBOX);
    refuse(code);
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP FAILED " + failureClass, "EMAIL SENT null");
    assertThat(stage.providers.messages()).hasSize(1);
    assertThat(stage.providers.messages().getFirst().getString("to")).isEqualTo(MAILBOX);
  }

  @Test
  void without_a_mailbox_a_refusal_for_good_is_a_dead_letter() {
    stage.contact("es", BOTH, PHONE);
    refuse(131026);
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP FAILED RECIPIENT");
  }

  @Test
  void whoever_chose_whatsapp_alone_gets_no_mail() {
    stage.contact("es", "[\"WHATSAPP\"]", PHONE, MAILBOX);
    refuse(131026);
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines("SELECT status, fallback_at IS NOT NULL FROM notification", "FAILED t");
  }

  @Test
  void of_two_guardians_who_share_the_phone_each_gets_the_mail_instead() {
    stage.contact("es", BOTH, PHONE, MAILBOX);
    stage.contact("en", BOTH, PHONE, "papa@example.org");
    refuse(131026);
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP FAILED RECIPIENT", "EMAIL SENT null", "EMAIL SENT null");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 80007, 130429})
  void an_account_that_sends_too_fast_rests_and_then_goes_on(int code) {
    stage.contact("es", BOTH, PHONE, MAILBOX);
    stage.providers.fail(code(code).put("times", 1));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP QUEUED SENDER_RATE");
    stage.clock.advance(Duration.ofSeconds(2));
    stage.awaitLines(STATES, "WHATSAPP SENT null");
  }

  @Test
  void too_many_to_one_recipient_delay_that_recipient_alone() {
    stage.contact("es", BOTH, PHONE);
    stage.contact("es", BOTH, "+56922222222");
    stage.providers.fail(code(131056).put("to", PHONE).put("times", 1));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP QUEUED PAIR_RATE", "WHATSAPP SENT null");
    stage.clock.advance(Duration.ofSeconds(4));
    stage.awaitStatus("SENT", "SENT");
  }

  @ParameterizedTest
  @CsvSource({
    "132015, TEMPLATE",
    "132016, TEMPLATE",
    "190, ACCOUNT",
    "368, ACCOUNT",
    "131042, ACCOUNT",
    "131048, QUALITY"
  })
  void what_the_provider_paused_waits_parked_or_goes_by_mail(int code, String failureClass) {
    stage.contact("es", BOTH, PHONE, MAILBOX);
    stage.contact("es", BOTH, "+56922222222");
    refuse(code);
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(
        STATES,
        "WHATSAPP CANCELLED " + failureClass,
        "WHATSAPP PARKED " + failureClass,
        "EMAIL SENT null");
    assertThat(stage.records.lines("SELECT channel, code FROM sending_pause"))
        .containsExactly("WHATSAPP " + code);
  }

  @Test
  void what_is_paused_is_not_called_for_until_it_is_resumed() {
    stage.contact("es", BOTH, PHONE);
    stage.providers.fail(code(132015).put("times", 1));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("PARKED");
    stage.scan("IN");
    stage.awaitStatus("PARKED", "PARKED");
    stage.scan("OUT");
    stage.awaitStatus("PARKED", "PARKED", "SENT");
    resume();
    stage.awaitStatus("SENT", "SENT", "SENT");
  }

  @Test
  void what_is_parked_until_it_is_no_news_fails() {
    stage.contact("es", BOTH, PHONE);
    refuse(190);
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitStatus("PARKED");
    stage.clock.advance(SendingStage.STALE_AFTER.plusSeconds(1));
    stage.awaitLines(STATES, "WHATSAPP FAILED STALE");
  }

  @Test
  void a_provider_in_trouble_for_long_is_stood_in_for_by_mail() {
    stage.contact("es", BOTH, PHONE, MAILBOX);
    stage.providers.fail(new JsonObject().put("mode", "500").put("channel", "WHATSAPP"));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP QUEUED TRANSIENT");
    stage.clock.advance(FALLBACK_AFTER.plusSeconds(1));
    stage.awaitLines(STATES, "WHATSAPP CANCELLED TRANSIENT", "EMAIL SENT null");
  }

  @Test
  void a_guardian_who_changed_the_channel_meanwhile_is_told_by_the_new_one() {
    UUID guardian = stage.contact("es", BOTH, PHONE, MAILBOX);
    stage.providers.fail(new JsonObject().put("mode", "500").put("times", 1));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP QUEUED TRANSIENT");
    stage.records.lines(
        "UPDATE guardian SET notification_prefs = jsonb_build_object('INGRESO_OK', ?::jsonb)"
            + " WHERE id = ? RETURNING id",
        ONLY_EMAIL,
        guardian);
    stage.clock.advance(Duration.ofSeconds(1));
    stage.awaitLines(STATES, "WHATSAPP FAILED NOT_WANTED", "EMAIL SENT null");
    assertThat(stage.providers.messages()).hasSize(1);
  }

  @Test
  void a_contact_that_was_suppressed_meanwhile_is_not_written_to() {
    stage.contact("es", BOTH, PHONE);
    stage.providers.fail(new JsonObject().put("mode", "500").put("times", 1));
    stage.deploy(OFTEN);
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP QUEUED TRANSIENT");
    stage.records.lines(
        "INSERT INTO contact_suppression VALUES (?, 'WHATSAPP', ?, 'UNSUBSCRIBED', now())"
            + " RETURNING address",
        stage.school.id(),
        PHONE);
    stage.clock.advance(Duration.ofSeconds(1));
    stage.awaitLines(STATES, "WHATSAPP FAILED NOT_WANTED");
    assertThat(stage.providers.messages()).isEmpty();
  }

  @Test
  void people_beyond_the_days_allowance_are_told_by_mail() {
    stage.contact("es", BOTH, PHONE, MAILBOX);
    stage.contact("es", BOTH, "+56922222222", "papa@example.org");
    stage.deploy(OFTEN, account(1));
    stage.scan("IN");
    stage.awaitLines(STATES, "WHATSAPP SENT null", "WHATSAPP FAILED USER_CAP", "EMAIL SENT null");
    stage.scan("OUT");
    stage.awaitLines(
        "SELECT cause, channel, status FROM notification WHERE cause = 'EXIT'",
        "EXIT WHATSAPP SENT",
        "EXIT WHATSAPP FAILED",
        "EXIT EMAIL SENT");
  }

  private static void resume() {
    stage.records.lines("DELETE FROM sending_pause RETURNING channel");
    stage.bus.publish(Addresses.SENDING_CHANGED, new SendingChanged());
  }

  private static WhatsAppSettings account(int dailyUsers) {
    WhatsAppSettings usual = stage.providers.whatsApp();
    return new WhatsAppSettings(
        URI.create(usual.baseUrl().toString()),
        usual.version(),
        usual.phoneNumberId(),
        usual.token(),
        usual.messagesPerSecond(),
        dailyUsers,
        usual.reservedForAlerts(),
        usual.businessAccountId(),
        usual.templates());
  }

  private static void refuse(int code) {
    stage.providers.fail(code(code));
  }

  private static JsonObject code(int code) {
    return new JsonObject().put("mode", "code").put("code", code).put("channel", "WHATSAPP");
  }
}
