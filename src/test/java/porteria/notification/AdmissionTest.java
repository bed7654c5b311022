package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.Secret;
import porteria.config.WhatsAppSettings;
import porteria.domain.Channel;
import porteria.domain.MessageKey;
import porteria.limits.RateBuckets;
import porteria.testkit.SettableClock;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;
import porteria.testkit.WantedTemplates;

/** What Redis lets through of messages that are claimed together. */
@ExtendWith(TestServersExtension.class)
class AdmissionTest {

  private static final int ALERT = 0;
  private static final int BROADCAST = 2;
  private static final String SENT = "sent";
  private static final String WAITS = "PAIR_RATE PT6S";

  private final SettableClock clock = new SettableClock(SendingStage.NOW);
  private final Vertx vertx = Vertx.vertx();
  private Redis redis;

  @BeforeEach
  void open(TestServers servers) {
    redis = Redis.createClient(vertx, servers.freshRedis().uri());
  }

  @AfterEach
  void close() {
    redis.close().await();
    vertx.close().await();
  }

  @Test
  void of_46_to_one_phone_a_burst_of_45_goes_and_then_one_every_six_seconds() {
    RecipientLimits limits = limits(1_000);
    List<ClaimedMessage> all =
        Stream.concat(
                Collections.nCopies(46, message(ALERT, "+56911111111")).stream(),
                Stream.of(message(ALERT, "+56922222222")))
            .toList();
    List<String> first = admit(limits, all);
    assertThat(first.subList(0, 45)).containsOnly(SENT);
    assertThat(first.subList(45, 47)).as("it delays nobody else").containsExactly(WAITS, SENT);
    assertThat(admit(limits, all.subList(0, 2))).containsExactly(WAITS, WAITS);
    clock.advance(Duration.ofSeconds(6));
    assertThat(admit(limits, all.subList(0, 2))).containsExactly(SENT, WAITS);
  }

  @Test
  void broadcasts_leave_alerts_their_part_however_they_are_mixed() {
    assertThat(
            admit(
                limits(4),
                List.of(
                    message(BROADCAST, "+56911111111"),
                    message(ALERT, "+56922222222"),
                    message(BROADCAST, "+56933333333"),
                    message(ALERT, "+56944444444"),
                    message(BROADCAST, "+56922222222"),
                    message(ALERT, "+56955555555"),
                    message(ALERT, "+56966666666"))))
        .containsExactly(SENT, SENT, "USER_CAP", SENT, SENT, SENT, "USER_CAP");
  }

  @Test
  void the_last_place_goes_to_one_stranger_however_many_messages_there_are_to_them() {
    RecipientLimits limits = limits(4);
    assertThat(
            admit(
                limits,
                List.of(
                    message(BROADCAST, "+56911111111"),
                    message(BROADCAST, "+56922222222"),
                    message(BROADCAST, "+56922222222"),
                    message(BROADCAST, "+56933333333"))))
        .containsExactly(SENT, SENT, SENT, "USER_CAP");
    List<ClaimedMessage> later =
        List.of(message(BROADCAST, "+56933333333"), message(BROADCAST, "+56922222222"));
    clock.advance(Duration.ofDays(1).minusMinutes(5));
    assertThat(admit(limits, later)).containsExactly("USER_CAP", SENT);
    clock.advance(Duration.ofMinutes(5).plusSeconds(6));
    assertThat(admit(limits, later))
        .as("the place of the first is free")
        .containsExactly(SENT, SENT);
  }

  @Test
  void whoever_was_written_to_almost_a_day_ago_is_not_counted_upon() {
    RecipientLimits limits = limits(2);
    List<ClaimedMessage> one = List.of(message(BROADCAST, "+56911111111"));
    assertThat(admit(limits, one)).containsExactly(SENT);
    clock.advance(Duration.ofDays(1).minusSeconds(1));
    assertThat(limits.known(List.of("+56911111111")).await()).containsExactly(false);
    assertThat(admit(limits, one)).containsExactly("USER_CAP");
  }

  @Test
  void whoever_is_refused_takes_no_place() {
    RecipientLimits limits = limits(2);
    List<ClaimedMessage> two =
        List.of(message(BROADCAST, "+56911111111"), message(BROADCAST, "+56922222222"));
    assertThat(admit(limits, two)).containsExactly(SENT, "USER_CAP");
    assertThat(admit(limits, List.of(message(ALERT, "+56933333333")))).containsExactly(SENT);
    assertThat(limits.known(List.of("+56922222222", "+56933333333")).await())
        .containsExactly(false, true);
  }

  /** For each message what keeps it, and how long. */
  private static List<String> admit(RecipientLimits limits, List<ClaimedMessage> messages) {
    return limits.admit(messages).await().stream().map(AdmissionTest::words).toList();
  }

  private static String words(Optional<SendOutcome.Failed> refusal) {
    return refusal
        .map(why -> why.failureClass() + why.after().map(after -> " " + after).orElse(""))
        .orElse(SENT);
  }

  /** Half of the people are for alerts. */
  private RecipientLimits limits(int dailyUsers) {
    return new RecipientLimits(
        RateBuckets.inRealTime(vertx, redis, Duration.ofSeconds(30)),
        new MessageKey(TestSecurity.KEY.bytes()),
        clock,
        new WhatsAppSettings(
            URI.create("http://localhost"),
            "v25.0",
            "1055",
            new Secret("a-token-for-tests"),
            80,
            dailyUsers,
            50,
            Optional.empty(),
            WantedTemplates.catalogue()));
  }

  private static ClaimedMessage message(int lane, String phone) {
    Instant now = SendingStage.NOW;
    return new ClaimedMessage(
        UUID.randomUUID(),
        UUID.randomUUID(),
        1,
        Channel.WHATSAPP,
        phone,
        "cambio_horario",
        "es",
        new ClaimedMessage.Facts(Map.of()),
        now,
        now,
        lane,
        true);
  }
}
