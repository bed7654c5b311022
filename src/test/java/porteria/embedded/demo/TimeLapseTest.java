package porteria.embedded.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.config.ConfigException;

class TimeLapseTest {
  private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");
  private static final String TEN_PAST_SEVEN = "2026-06-10T07:10:00";
  private static final Instant START = Instant.parse("2026-06-10T11:10:00Z");
  private static final int SPEED = 500;

  @Test
  void without_its_variables_there_is_none() {
    assertThat(TimeLapse.of(Map.of(), SANTIAGO)).isEmpty();
    assertThat(TimeLapse.of(Map.of("CLOCK_START", " ", "CLOCK_SPEED", ""), SANTIAGO)).isEmpty();
  }

  @Test
  void it_begins_at_its_start_by_the_clocks_of_the_school() {
    assertThat(lapse().instant()).isBetween(START, START.plus(Duration.ofMinutes(1)));
    assertThat(lapse().speed()).isEqualTo(SPEED);
  }

  @Test
  void until_the_server_is_ready_it_goes_as_time_does() {
    long before = System.nanoTime();
    TimeLapse clock = lapse();
    Instant one = clock.instant();
    spend(Duration.ofMillis(5));
    Instant other = clock.instant();
    assertThat(Duration.between(one, other))
        .isBetween(Duration.ofMillis(5), Duration.ofNanos(System.nanoTime() - before));
  }

  @Test
  void then_it_goes_at_its_speed() {
    long before = System.nanoTime();
    TimeLapse clock = lapse();
    clock.hurry();
    Instant one = clock.instant();
    spend(Duration.ofMillis(5));
    Instant other = clock.instant();
    long most = System.nanoTime() - before;
    assertThat(Duration.between(one, other))
        .isBetween(
            Duration.ofMillis(5).multipliedBy(SPEED), Duration.ofNanos(most).multipliedBy(SPEED));
  }

  @Test
  void it_does_not_jump_when_it_begins_to_hurry() {
    TimeLapse clock = lapse();
    Instant before = clock.instant();
    clock.hurry();
    assertThat(clock.instant()).isBetween(before, before.plus(Duration.ofMinutes(30)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"07:10", "2026-06-10", "2026-06-10T07:10:00Z", "tomorrow"})
  void a_start_that_is_no_local_time_is_named(String start) {
    assertThatThrownBy(() -> TimeLapse.of(Map.of("CLOCK_START", start), SANTIAGO))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("CLOCK_START is \"" + start + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "601", "1.5", "fast"})
  void a_speed_out_of_range_is_named(String speed) {
    assertThatThrownBy(() -> TimeLapse.of(Map.of("CLOCK_SPEED", speed), SANTIAGO))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("CLOCK_SPEED is \"" + speed + "\": allowed is");
  }

  @Test
  void all_that_is_wrong_is_named_at_once() {
    assertThatThrownBy(() -> TimeLapse.of(Map.of("CLOCK_START", "x", "CLOCK_SPEED", "y"), SANTIAGO))
        .hasMessageContaining("CLOCK_START")
        .hasMessageContaining("CLOCK_SPEED");
  }

  private static TimeLapse lapse() {
    return TimeLapse.of(
            Map.of("CLOCK_START", TEN_PAST_SEVEN, "CLOCK_SPEED", String.valueOf(SPEED)), SANTIAGO)
        .orElseThrow();
  }

  /** The clock under test reads the machine's, so real time has to go by. */
  private static void spend(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
