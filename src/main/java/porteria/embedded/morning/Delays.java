package porteria.embedded.morning;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Durations in order, for their percentiles. */
final class Delays {
  private final List<Duration> sorted;

  Delays(List<Duration> delays) {
    this.sorted = delays.stream().sorted().toList();
  }

  /**
   * The smallest one that this share of all do not exceed (nearest rank); zero when there are none.
   *
   * @param percent above 0, up to 100
   */
  Duration percentile(double percent) {
    if (sorted.isEmpty()) {
      return Duration.ZERO;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  /** Such as {@code p50 12 ms p90 40 ms p99 61 ms max 80 ms}. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "p50 %d ms  p90 %d ms  p99 %d ms  max %d ms",
        percentile(50).toMillis(),
        percentile(90).toMillis(),
        percentile(99).toMillis(),
        percentile(100).toMillis());
  }
}
