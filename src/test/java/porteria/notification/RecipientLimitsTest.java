package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static porteria.notification.SchoolRecords.BOTH;
import static porteria.notification.SchoolRecords.ONLY_WHATSAPP;
import static porteria.notification.SendingStage.OFTEN;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.bus.BroadcastPreview.Quota;
import porteria.bus.ViewQuota;
import porteria.config.WhatsAppSettings;
import porteria.domain.Channel;
import porteria.domain.MessageKey;
import porteria.limits.RateBuckets;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** The people that an account may write to within a day, and the part that broadcasts leave. */
@ExtendWith(TestServersExtension.class)
class RecipientLimitsTest {

  private static final String BROADCASTS =
      "SELECT channel, status, failure_class FROM notification WHERE cause = 'BROADCAST'";

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

  @Test
  void a_broadcast_leaves_alerts_their_part_and_waits_for_the_next_days() {
    QueuedBroadcast broadcast = new QueuedBroadcast(stage);
    broadcast.family(ONLY_WHATSAPP, "+56922222221");
    broadcast.family(ONLY_WHATSAPP, "+56922222222");
    broadcast.family(ONLY_WHATSAPP, "+56922222223");
    stage.contact("es", ONLY_WHATSAPP, "+56911111111");
    stage.deploy(OFTEN, account(4));
    stage.awaitLines(
        BROADCASTS, "WHATSAPP SENT null", "WHATSAPP SENT null", "WHATSAPP PARKED USER_CAP");
    stage.scan("IN");
    stage.awaitLines("SELECT status FROM notification WHERE cause = 'ENTRY'", "SENT");
    stage.clock.advance(Duration.ofHours(25));
    stage.awaitLines("SELECT status FROM notification WHERE cause = 'BROADCAST'", sent(3));
  }

  @Test
  void whoever_chose_mail_too_does_not_wait_for_the_next_day() {
    QueuedBroadcast broadcast = new QueuedBroadcast(stage);
    broadcast.family(ONLY_WHATSAPP, "+56922222221");
    stage.deploy(OFTEN, account(2));
    stage.awaitLines(BROADCASTS, "WHATSAPP SENT null");
    broadcast.family(BOTH, "+56922222222", "papa@example.org");
    stage.awaitLines(
        BROADCASTS, "WHATSAPP SENT null", "WHATSAPP CANCELLED USER_CAP", "EMAIL SENT null");
  }

  @Test
  void whoever_is_written_to_for_another_reason_need_not_wait_for_the_next_day() {
    QueuedBroadcast broadcast = new QueuedBroadcast(stage);
    broadcast.family(ONLY_WHATSAPP, "+56922222221");
    stage.deploy(OFTEN, account(2));
    stage.awaitLines(BROADCASTS, "WHATSAPP SENT null");
    broadcast.family(ONLY_WHATSAPP, "+56922222222");
    broadcast.family(ONLY_WHATSAPP, "+56922222223");
    stage.awaitLines(
        BROADCASTS, "WHATSAPP SENT null", "WHATSAPP PARKED USER_CAP", "WHATSAPP PARKED USER_CAP");
    stage.contact("es", ONLY_WHATSAPP, "+56922222223");
    stage.scan("IN");
    stage.awaitLines(
        "SELECT address, status FROM notification",
        "+56922222221 SENT",
        "+56922222222 PARKED",
        "+56922222223 SENT",
        "+56922222223 SENT");
  }

  @Test
  void a_place_that_a_message_waits_for_is_not_promised_again() {
    QueuedBroadcast broadcast = new QueuedBroadcast(stage);
    DailyQuota quota = new DailyQuota(stage.sending.database, limits(6));
    ViewQuota asked = new ViewQuota(List.of("+56922222221"));
    assertThat(quota.view(asked).await().remainingForBroadcasts()).contains(3);
    broadcast.family(ONLY_WHATSAPP, "+56922222221");
    broadcast.family(ONLY_WHATSAPP, "+56922222222");
    assertThat(quota.view(asked).await().remainingForBroadcasts()).contains(2);
  }

  @Test
  void those_who_were_written_to_within_the_day_take_no_new_place() {
    RecipientLimits limits = limits(6);
    List<String> phones = List.of("+56922222221", "+56922222222", "+56922222223");
    assertThat(limits.admit(phones.subList(0, 2).stream().map(this::message).toList()).await())
        .containsOnly(Optional.empty());
    assertThat(limits.quota(phones, List.of()).await())
        .isEqualTo(new Quota(6, Optional.of(4), Optional.of(1), Optional.of(1)));
    assertThat(limits.quota(phones, List.of()).await().enough()).contains(true);
    assertThat(limits.quota(phones, List.of("+56922222222", "+56922222223")).await().enough())
        .as("beside another broadcast to those it goes to itself")
        .contains(true);
    assertThat(limits.quota(phones, List.of("+56922222224")).await())
        .as("beside another broadcast to somebody else")
        .isEqualTo(new Quota(6, Optional.of(4), Optional.of(0), Optional.of(1)));
    stage.clock.advance(Duration.ofHours(25));
    assertThat(limits.quota(phones, List.of()).await())
        .isEqualTo(new Quota(6, Optional.of(6), Optional.of(3), Optional.of(3)));
  }

  private static RecipientLimits limits(int dailyUsers) {
    return new RecipientLimits(
        RateBuckets.inRealTime(stage.sending.vertx, stage.redis, Duration.ofSeconds(30)),
        new MessageKey(TestSecurity.KEY.bytes()),
        stage.clock,
        account(dailyUsers));
  }

  private ClaimedMessage message(String phone) {
    Instant now = stage.clock.instant();
    return new ClaimedMessage(
        stage.school.id(),
        UUID.randomUUID(),
        1,
        Channel.WHATSAPP,
        phone,
        "cambio_horario",
        "es",
        new ClaimedMessage.Facts(Map.of()),
        now,
        now,
        2,
        true);
  }

  private static String[] sent(int times) {
    return Collections.nCopies(times, "SENT").toArray(String[]::new);
  }

  /** Half of them for alerts. */
  private static WhatsAppSettings account(int dailyUsers) {
    WhatsAppSettings usual = stage.providers.whatsApp();
    return new WhatsAppSettings(
        usual.baseUrl(),
        usual.version(),
        usual.phoneNumberId(),
        usual.token(),
        usual.messagesPerSecond(),
        dailyUsers,
        50,
        usual.businessAccountId(),
        usual.templates());
  }
}
