package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DelaysTest {
  @Test
  void percentiles_are_those_of_the_nearest_rank() {
    List<Duration> hundred =
        IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).collect(Collectors.toList());
    Collections.reverse(hundred);

    assertThat(new Delays(hundred).summary())
        .isEqualTo("p50 50 ms  p90 90 ms  p99 99 ms  max 100 ms");
  }

  @Test
  void a_single_delay_is_every_percentile() {
    Delays delays = new Delays(List.of(Duration.ofMillis(7)));

    assertThat(delays.percentile(1)).isEqualTo(Duration.ofMillis(7));
    assertThat(delays.percentile(99)).isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void no_delay_is_zero() {
    assertThat(new Delays(List.of()).percentile(50)).isZero();
  }
}
