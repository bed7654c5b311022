package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.domain.Channel;
import porteria.domain.FailureClass;

class SettlingTest {

  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");

  private final Settling settling =
      new Settling(Duration.ofSeconds(30), RandomGenerator.getDefault());

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "200, 60"})
  void each_refusal_for_now_doubles_the_longest_wait_up_to_a_minute(int attempt, long seconds) {
    Instant most = NOW.plusSeconds(seconds);
    Set<Instant> due =
        Stream.generate(() -> later(attempt, Optional.empty(), NOW).dueAt())
            .limit(50)
            .collect(Collectors.toSet());
    assertThat(due)
        .allSatisfy(each -> assertThat(each).isBetween(most.minusMillis(seconds * 500), most))
        .hasSizeGreaterThan(20);
  }

  @Test
  void the_provider_may_ask_for_a_longer_wait_but_not_for_a_shorter_one() {
    assertThat(later(1, Optional.of(Duration.ofSeconds(90)), NOW).dueAt())
        .isEqualTo(NOW.plusSeconds(90));
    assertThat(later(4, Optional.of(Duration.ofSeconds(1)), NOW).dueAt())
        .isAfterOrEqualTo(NOW.plusSeconds(4));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 16", "3, 64"})
  void a_recipient_written_to_too_often_is_left_alone_four_times_as_long_each_time(
      int attempt, long seconds) {
    SendOutcome pair = new SendOutcome.Failed(FailureClass.PAIR_RATE, "131056", "");
    assertThat(settling.settle(message(attempt), pair, NOW).dueAt())
        .isEqualTo(NOW.plusSeconds(seconds));
  }

  @Test
  void a_message_whose_next_attempt_would_be_stale_fails() {
    Settlement settled = later(1, Optional.empty(), NOW.plus(Duration.ofHours(2)));
    assertThat(settled.status()).isEqualTo(Settlement.Status.FAILED);
    assertThat(settled.failureClass()).isEqualTo(FailureClass.STALE);
    assertThat(settled.error()).isEqualTo("stale after 503");
  }

  @Test
  void an_unknown_outcome_waits_for_the_providers_word() {
    Settlement settled = settling.settle(message(1), new SendOutcome.Unknown("time-out"), NOW);
    assertThat(settled.status()).isEqualTo(Settlement.Status.UNKNOWN);
    assertThat(settled.dueAt()).isEqualTo(NOW.plusSeconds(30));
  }

  @Test
  void what_was_not_offered_since_it_is_paused_stays_due_as_it_was() {
    SendOutcome.Failed paused = new SendOutcome.Failed(FailureClass.TEMPLATE, "PAUSED", "");
    Settlement settled = settling.unoffered(message(1), paused, NOW);
    assertThat(settled.status()).isEqualTo(Settlement.Status.PARKED);
    assertThat(settled.dueAt()).isNull();
    assertThat(settled.error()).isEqualTo("PAUSED");
    assertThat(settling.settle(message(1), paused, NOW).dueAt()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void a_broadcast_that_the_days_people_do_not_hold_waits_and_an_alert_does_not() {
    SendOutcome.Failed full = new SendOutcome.Failed(FailureClass.USER_CAP, "DAILY_USERS", "");
    assertThat(settling.unoffered(message(1, 2), full, NOW).status())
        .isEqualTo(Settlement.Status.PARKED);
    assertThat(settling.unoffered(message(1, 0), full, NOW).status())
        .isEqualTo(Settlement.Status.FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "QUALITY, PARKED", "TEMPLATE, PARKED", "ACCOUNT, PARKED", "USER_CAP, FAILED",
    "RECIPIENT, FAILED", "OUR_MISTAKE, FAILED", "NOT_WANTED, FAILED", "TRANSIENT, QUEUED",
    "SENDER_RATE, QUEUED", "PAIR_RATE, QUEUED"
  })
  void each_class_of_failure_has_its_action(FailureClass failureClass, Settlement.Status status) {
    SendOutcome failed = new SendOutcome.Failed(failureClass, "1", "said\nso");
    Settlement settled = settling.settle(message(1), failed, NOW);
    assertThat(settled.status()).isEqualTo(status);
    assertThat(settled.failureClass()).isEqualTo(failureClass);
    assertThat(settled.error()).doesNotContain("\n");
  }

  private Settlement later(int attempt, Optional<Duration> after, Instant now) {
    SendOutcome busy = new SendOutcome.Failed(FailureClass.TRANSIENT, "503", "", after);
    return settling.settle(message(attempt), busy, now);
  }

  private static ClaimedMessage message(int attempt) {
    return message(attempt, 0);
  }

  private static ClaimedMessage message(int attempt, int lane) {
    UUID id = new UUID(1, 2);
    return new ClaimedMessage(
        id,
        id,
        attempt,
        Channel.EMAIL,
        "mama@example.org",
        "ingreso_ok",
        "es",
        new ClaimedMessage.Facts(Map.of("student", "Ana Rojas")),
        NOW,
        NOW.plus(Duration.ofHours(2)),
        lane,
        true);
  }
}
