package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryRulesTest {
  private final RetryRules rules = RetryRules.ofAKiosk();
  private final Random random = new Random(1);

  @Test
  void only_what_says_nothing_about_the_scan_is_tried_again() {
    assertThat(RetryRules.isTemporary(503)).isTrue();
    assertThat(RetryRules.isTemporary(500)).isTrue();
    assertThat(RetryRules.isTemporary(429)).isTrue();
    assertThat(RetryRules.isTemporary(422)).isFalse();
    assertThat(RetryRules.isTemporary(409)).isFalse();
    assertThat(RetryRules.isTemporary(400)).isFalse();
    assertThat(RetryRules.isTemporary(202)).isFalse();
  }

  @Test
  void what_is_said_of_the_kiosk_says_nothing_of_its_scans() {
    assertThat(RetryRules.isUnwelcome(401)).isTrue();
    assertThat(RetryRules.isUnwelcome(403)).isTrue();
    assertThat(RetryRules.isUnwelcome(400)).isFalse();
    assertThat(RetryRules.isUnwelcome(422)).isFalse();
  }

  @Test
  void pauses_double_up_to_the_longest() {
    assertThat(pause(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(pause(3)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(pause(1000)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  @Test
  void the_server_s_own_wish_comes_first() {
    assertThat(rules.pause(1, Optional.of(Duration.ofSeconds(7)), random))
        .isEqualTo(Duration.ofSeconds(7));
  }

  private Duration pause(int failures) {
    return rules.pause(failures, Optional.empty(), random);
  }
}
