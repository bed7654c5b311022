package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.notification.SchoolRecords.BOTH;
import static porteria.notification.SchoolRecords.ONLY_EMAIL;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.NotificationDue;
import porteria.config.NotificationSettings;
import porteria.config.WhatsAppSettings;
import porteria.domain.Cause;
import porteria.domain.MessageKey;
import porteria.notification.SchoolRecords.School;
import porteria.testkit.RunningProviders;
import porteria.testkit.SettableClock;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** The verticle beside a real database and providers that speak HTTP. */
@ExtendWith(TestServersExtension.class)
class SendingTest {

  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration STALE_AFTER = Duration.ofHours(2);

  /** So seldom that only hints are at work. */
  private static final Duration SELDOM = Duration.ofMinutes(1);

  private static final Duration OFTEN = Duration.ofMillis(50);

  private static SendingDatabase sending;
  private static SchoolRecords records;
  private static RunningProviders providers;
  private static Bus bus;

  private final SettableClock clock = new SettableClock(NOW);
  private final List<String> deployed = new ArrayList<>();
  private School school;
  private UUID ana;

  @BeforeAll
  static void open(TestServers servers) throws SQLException {
    sending = new SendingDatabase(servers);
    records = sending.records;
    providers = new RunningProviders(sending.vertx);
    bus = Bus.on(sending.vertx, 1_000);
  }

  @AfterAll
  static void close() throws SQLException {
    providers.close();
    sending.close();
  }

  @BeforeEach
  void prepare() {
    records.clear();
    providers.clear();
    school = records.school("America/Santiago");
    ana = records.student(school, "Ana Rojas");
  }

  @AfterEach
  void undeploy() {
    providers.recover();
    deployed.forEach(id -> sending.vertx.undeploy(id).await());
  }

  @Test
  void a_hint_is_enough_for_a_family_to_read_it_on_whatsapp() {
    deploy(SELDOM);
    contact("es", BOTH, "+56911111111");
    scan("IN");
    awaitStatus("SENT");
    JsonObject message = providers.messages().getFirst();
    assertThat(message.getString("to")).isEqualTo("56911111111");
    assertThat(message.getString("text"))
        .isEqualTo("Ana Rojas entró al colegio a las 07:59 por Puerta Norte.");
    assertThat(message.getString("notification"))
        .isEqualTo(records.id("SELECT id FROM notification").toString());
    assertThat(records.lines("SELECT provider_message_id FROM notification"))
        .containsExactly(message.getString("id"));
  }

  @Test
  void without_any_hint_the_poll_finds_what_is_owed() {
    contact("es", BOTH, "+56911111111");
    records.scan(school, ana, "IN", NOW);
    deploy(OFTEN);
    awaitStatus("SENT");
  }

  @Test
  void every_guardian_reads_it_in_their_own_language_and_channel() {
    contact("en", BOTH, "+56911111111");
    contact("pt", BOTH, "+56922222222");
    contact("es", ONLY_EMAIL, "mama@example.org");
    deploy(OFTEN);
    scan("OUT");
    awaitStatus("SENT", "SENT", "SENT");
    assertThat(providers.messages())
        .extracting(
            each ->
                each.getString("channel").equals("EMAIL")
                    ? each.getString("subject")
                    : each.getString("text"))
        .containsExactlyInAnyOrder(
            "Ana Rojas left school at 07:59 through Puerta Norte.",
            "Ana Rojas saiu da escola às 07:59 por Puerta Norte.",
            "Ana Rojas salió del colegio a las 07:59");
  }

  @Test
  void a_mail_says_it_in_text_and_in_escaped_html_and_carries_its_notification() {
    ana = records.student(school, "Ana <b>Rojas & Cía\nBcc: x");
    contact("es", ONLY_EMAIL, "mama@example.org");
    deploy(OFTEN);
    scan("IN");
    awaitStatus("SENT");
    JsonObject mail = providers.messages().getFirst();
    assertThat(mail.getString("text"))
        .contains("Ana <b>Rojas & Cía Bcc: x entró al colegio a las 07:59 por Puerta Norte.");
    assertThat(mail.getString("html"))
        .contains("Ana &lt;b&gt;Rojas &amp; Cía Bcc: x")
        .contains("07:59")
        .doesNotContain("<b>Rojas");
    assertThat(mail.getString("notification"))
        .isEqualTo(records.id("SELECT id FROM notification").toString());
  }

  @Test
  void a_busy_provider_is_asked_again_and_the_family_told_later() {
    contact("es", BOTH, "+56911111111");
    contact("es", ONLY_EMAIL, "mama@example.org");
    providers.fail(new JsonObject().put("mode", "500"));
    deploy(OFTEN);
    scan("IN");
    awaitStatus("QUEUED", "QUEUED");
    assertThat(records.lines("SELECT attempt, provider_message_id FROM notification"))
        .containsOnly("1 null");
    providers.recover();
    clock.advance(Duration.ofSeconds(1));
    awaitStatus("SENT", "SENT");
    assertThat(providers.messages()).hasSize(2);
  }

  @Test
  void a_provider_that_nobody_reaches_is_asked_again() throws IOException {
    contact("es", BOTH, "+56911111111");
    deploy(
        OFTEN,
        new WhatsAppSettings(
            URI.create("http://127.0.0.1:" + closedPort()),
            "v25.0",
            "1055",
            providers.whatsApp().token()));
    scan("IN");
    await().until(() -> records.number("SELECT count(*) FROM notification WHERE attempt = 1") > 0);
    awaitStatus("QUEUED");
  }

  @Test
  void the_provider_is_left_alone_for_as_long_as_it_asks() {
    contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "429").put("delay_ms", 30_000).put("times", 1));
    deploy(OFTEN);
    scan("IN");
    awaitStatus("QUEUED");
    assertThat(records.lines("SELECT due_at - created_at FROM notification"))
        .containsExactly("00:00:30");
  }

  @Test
  void what_nobody_takes_until_it_is_stale_fails() {
    contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "500"));
    deploy(OFTEN);
    scan("IN");
    awaitStatus("QUEUED");
    clock.advance(STALE_AFTER);
    awaitStatus("FAILED");
    assertThat(records.lines("SELECT error FROM notification"))
        .containsExactly("stale after HTTP 500");
  }

  @Test
  void a_refused_message_fails_with_the_providers_reason_and_is_not_repeated() {
    contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "code").put("code", 131026));
    deploy(OFTEN);
    scan("IN");
    awaitStatus("FAILED");
    assertThat(records.lines("SELECT attempt, error FROM notification").getFirst())
        .startsWith("1 131026:");
  }

  @Test
  void a_bad_token_loses_nothing() {
    contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "code").put("code", 190));
    deploy(OFTEN);
    scan("IN");
    awaitStatus("QUEUED");
  }

  @Test
  void a_message_that_cannot_be_sent_harms_no_other() {
    contact("es", BOTH, "not a phone");
    contact("es", BOTH, "+56922222222");
    deploy(OFTEN);
    scan("IN");
    awaitStatus("FAILED", "SENT");
  }

  @Test
  void lost_answers_are_followed_by_one_more_message_at_most() {
    contact("es", BOTH, "+56911111111");
    contact("es", ONLY_EMAIL, "mama@example.org");
    providers.fail(new JsonObject().put("mode", "drop"));
    deploy(OFTEN);
    scan("IN");
    await().until(() -> providers.messages().size() == 2);
    awaitStatus("SENDING", "SENDING");
    clock.advance(LEASE);
    await().until(() -> providers.messages().size() == 4);
    clock.advance(LEASE);
    awaitStatus("FAILED", "FAILED");
    assertThat(providers.messages()).hasSize(4);
  }

  @Test
  void garbage_instead_of_an_answer_is_resent_and_then_believed() {
    contact("es", BOTH, "+56911111111");
    contact("es", ONLY_EMAIL, "mama@example.org");
    providers.fail(new JsonObject().put("mode", "garbage"));
    deploy(OFTEN);
    scan("IN");
    await().until(() -> providers.messages().size() == 2);
    providers.recover();
    clock.advance(LEASE);
    awaitStatus("SENT", "SENT");
    assertThat(providers.messages()).hasSize(4);
  }

  @Test
  void a_killed_senders_message_is_told_by_another_when_its_lease_expires() {
    contact("es", BOTH, "+56911111111");
    records.scan(school, ana, "IN", NOW);
    sending.rows.expand(NOW, 10).await();
    assertThat(sending.rows.claim(NOW, NOW.plus(LEASE), 10).await()).hasSize(1);
    deploy(OFTEN);
    clock.advance(LEASE);
    awaitStatus("SENT");
    assertThat(records.lines("SELECT attempt FROM notification")).containsExactly("2");
    assertThat(providers.messages()).hasSize(1);
  }

  @Test
  void several_verticles_share_a_rush_and_tell_everyone_once() {
    contact("es", BOTH, "+56911111111");
    contact("es", ONLY_EMAIL, "mama@example.org");
    deploy(OFTEN);
    deploy(OFTEN);
    IntStream.range(0, 200).forEach(i -> records.scan(school, ana, "IN", NOW.minusSeconds(i)));
    hint();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> records.number("SELECT count(*) FROM notification WHERE status = 'SENT'") == 400);
    assertThat(providers.messages())
        .extracting(each -> each.getString("notification"))
        .hasSize(400)
        .doesNotHaveDuplicates();
  }

  @Test
  void an_annulled_entry_is_corrected_for_those_who_read_it() {
    contact("es", BOTH, "+56911111111");
    deploy(OFTEN);
    UUID event = scan("IN");
    awaitStatus("SENT");
    assertThat(sending.annul(school.id(), event, Cause.ENTRY).await()).isTrue();
    hint();
    awaitStatus("SENT", "SENT");
    assertThat(providers.messages().getLast().getString("text"))
        .isEqualTo(
            "Corrección: el ingreso de Ana Rojas a las 07:59 por Puerta Norte fue registrado por"
                + " error.");
  }

  @Test
  void stopping_waits_for_the_call_under_way_and_records_it() {
    contact("es", BOTH, "+56911111111");
    providers.fail(new JsonObject().put("mode", "slow").put("delay_ms", 500));
    deploy(SELDOM);
    scan("IN");
    awaitStatus("SENDING");
    undeploy();
    deployed.clear();
    assertThat(records.lines("SELECT status FROM notification")).containsExactly("SENT");
  }

  private void contact(String language, String channels, String address) {
    records.contact(school, records.guardian(school, language, channels, ana), address);
  }

  private UUID scan(String type) {
    UUID event = records.scan(school, ana, type, NOW.minusSeconds(30));
    hint();
    return event;
  }

  private static int closedPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      return taken.getLocalPort();
    }
  }

  private static void hint() {
    bus.publish(Addresses.NOTIFICATION_DUE, new NotificationDue());
  }

  private void deploy(Duration poll) {
    deploy(poll, providers.whatsApp());
  }

  private void deploy(Duration poll, WhatsAppSettings whatsApp) {
    NotificationSettings settings =
        new NotificationSettings(STALE_AFTER, 8, Duration.ofSeconds(2), LEASE, poll);
    NotificationVerticle verticle =
        new NotificationVerticle(
            settings,
            whatsApp,
            providers.email(),
            sending.database,
            bus,
            clock,
            new SendSlots(settings.concurrency()),
            SendingDatabase.LINKS,
            SendingDatabase.UNSUBSCRIBING,
            new MessageKey(TestSecurity.KEY.bytes()));
    deployed.add(sending.vertx.deployVerticle(verticle).await());
  }

  private static void awaitStatus(String... statuses) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(records.lines("SELECT status FROM notification"))
                    .containsExactlyInAnyOrder(statuses));
  }
}
