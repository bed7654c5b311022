package porteria.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccurrenceTest {

  private static final Instant RECEIVED = Instant.parse("2026-06-10T11:30:00Z");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Test
  void a_right_clock_is_believed() {
    assertThat(derive("PT-10M", "PT0S")).isEqualTo(at("PT-10M"));
  }

  @Test
  void a_slow_clock_is_corrected_by_what_the_sending_revealed() {
    assertThat(derive("PT-13M", "PT-3M")).isEqualTo(at("PT-10M"));
  }

  @Test
  void a_fast_clock_is_corrected_by_what_the_sending_revealed() {
    assertThat(derive("PT-7M", "PT3M")).isEqualTo(at("PT-10M"));
  }

  @Test
  void a_queue_that_waited_for_hours_is_not_a_wrong_clock() {
    assertThat(derive("PT-5H", "PT0S")).isEqualTo(at("PT-5H"));
  }

  @ParameterizedTest
  @CsvSource({"PT-5M,false", "PT-5M-0.001S,true", "PT5M,false", "PT5M0.001S,true"})
  void skew_above_the_limit_in_either_direction_is_flagged_and_corrected(
      String sent, boolean flagged) {
    Duration skew = Duration.parse(sent);
    Occurrence occurrence = derive(skew.minusMinutes(2).toString(), sent);
    assertThat(occurrence.at()).isEqualTo(RECEIVED.minus(Duration.ofMinutes(2)));
    assertThat(occurrence.flags().contains(ScanFlag.CLOCK_SKEW)).isEqualTo(flagged);
  }

  @Test
  void a_time_in_the_future_becomes_the_time_of_receipt() {
    assertThat(derive("PT1S", "PT0S"))
        .isEqualTo(new Occurrence(RECEIVED, Set.of(ScanFlag.FUTURE_CLAMPED)));
  }

  @Test
  void a_clock_that_jumped_after_the_scan_is_both_flagged_and_clamped() {
    assertThat(derive("PT2H", "PT-1H"))
        .isEqualTo(new Occurrence(RECEIVED, Set.of(ScanFlag.CLOCK_SKEW, ScanFlag.FUTURE_CLAMPED)));
  }

  @Test
  void without_a_sending_time_the_clock_is_believed() {
    assertThat(derive("PT-4H", null)).isEqualTo(at("PT-4H"));
  }

  @Test
  void without_a_capture_time_it_happened_at_sending_which_is_receipt() {
    assertThat(derive(null, "PT-2M")).isEqualTo(at("PT0S"));
  }

  @Test
  void without_any_time_of_the_kiosk_it_happened_at_receipt() {
    assertThat(derive(null, null)).isEqualTo(at("PT0S"));
  }

  @Test
  void clocks_at_the_ends_of_time_are_no_reason_to_lose_a_scan() {
    Occurrence occurrence =
        Occurrence.derive(
            Optional.of(Instant.parse("0001-01-01T00:00:00Z")),
            Optional.of(Instant.parse("9999-12-31T23:59:59Z")),
            RECEIVED,
            LIMIT);
    assertThat(occurrence).isEqualTo(new Occurrence(Instant.EPOCH, Set.of(ScanFlag.CLOCK_SKEW)));
  }

  private static Occurrence at(String fromReceipt) {
    return new Occurrence(RECEIVED.plus(Duration.parse(fromReceipt)), Set.of());
  }

  /** Times as durations from receipt. */
  private static Occurrence derive(@Nullable String captured, @Nullable String sent) {
    return Occurrence.derive(time(captured), time(sent), RECEIVED, LIMIT);
  }

  private static Optional<Instant> time(@Nullable String fromReceipt) {
    return Optional.ofNullable(fromReceipt).map(text -> RECEIVED.plus(Duration.parse(text)));
  }
}
