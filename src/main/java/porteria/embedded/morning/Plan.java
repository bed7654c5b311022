package porteria.embedded.morning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run is given.
 *
 * @param seed of everything that is drawn
 * @param duration of the morning
 * @param rules of the kiosks
 * @param patience how long after the morning kiosks may take to deliver what waits
 * @param deadline how long after that families may take to be told
 * @param settling how long a message told twice is then waited for
 * @param earlierRun when the last tap of an earlier run was
 */
record Plan(
    long seed,
    Duration duration,
    RetryRules rules,
    Duration patience,
    Duration deadline,
    Duration settling,
    Optional<Instant> earlierRun) {

  /** A run as {@code make simulate} plays it. */
  static Plan of(long seed, Duration duration, Optional<Instant> earlierRun) {
    return new Plan(
        seed,
        duration,
        RetryRules.ofAKiosk(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        earlierRun);
  }
}
