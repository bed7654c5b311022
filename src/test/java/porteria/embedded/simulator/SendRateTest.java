package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendRateTest {
  private final StillClock clock = new StillClock();
  private final SendRate rate = new SendRate(clock, 80);

  @Test
  void aFullSecondIsAllowedAtOnceAndNotOneMore() {
    assertThat(takeAll()).isEqualTo(80);
  }

  @Test
  void theBucketRefillsEvenlyAndNeverOverflows() {
    takeAll();
    clock.advance(Duration.ofMillis(25));
    assertThat(takeAll()).isEqualTo(2);
    clock.advance(Duration.ofMillis(5));
    clock.advance(Duration.ofMillis(5));
    assertThat(takeAll()).isZero();
    clock.advance(Duration.ofMillis(3));
    assertThat(takeAll()).isEqualTo(1);
    clock.advance(Duration.ofHours(1));
    assertThat(takeAll()).isEqualTo(80);
  }

  @Test
  void aClockSetBackGivesNothingAndStopsNothing() {
    takeAll();
    clock.advance(Duration.ofSeconds(-10));
    assertThat(takeAll()).isZero();
    clock.advance(Duration.ofMillis(100));
    assertThat(takeAll()).isEqualTo(8);
  }

  private int takeAll() {
    int taken = 0;
    while (rate.take()) {
      taken++;
    }
    return taken;
  }
}
