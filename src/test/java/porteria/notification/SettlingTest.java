package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.domain.Channel;

class SettlingTest {

  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");

  private final Settling settling = new Settling(Duration.ofHours(2));

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "200, 60"})
  void each_refusal_for_now_doubles_the_wait_up_to_a_minute(int attempt, long seconds) {
    assertThat(settle(attempt, Optional.empty(), NOW).dueAt()).isEqualTo(NOW.plusSeconds(seconds));
  }

  @Test
  void the_provider_may_ask_for_a_longer_wait_but_not_for_a_shorter_one() {
    assertThat(settle(1, Optional.of(Duration.ofSeconds(90)), NOW).dueAt())
        .isEqualTo(NOW.plusSeconds(90));
    assertThat(settle(4, Optional.of(Duration.ofSeconds(1)), NOW).dueAt())
        .isEqualTo(NOW.plusSeconds(8));
  }

  @Test
  void a_message_whose_next_attempt_would_be_stale_fails() {
    Settlement settled = settle(1, Optional.empty(), NOW.plus(Duration.ofHours(2)));
    assertThat(settled.status()).isEqualTo(Settlement.Status.FAILED);
    assertThat(settled.error()).isEqualTo("stale after 503");
  }

  @Test
  void an_unknown_outcome_is_not_written() {
    assertThat(settling.settle(message(1), new SendOutcome.Unknown("time-out"), NOW)).isEmpty();
  }

  private Settlement settle(int attempt, Optional<Duration> after, Instant now) {
    return settling
        .settle(message(attempt), new SendOutcome.NotNow("503", after), now)
        .orElseThrow();
  }

  private static ClaimedMessage message(int attempt) {
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
        NOW);
  }
}
