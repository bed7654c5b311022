package porteria.embedded.morning;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a kiosk sends again what the server could not take. 429, any 5xx and a broken or slow
 * connection are tried again until they work, with the same number and body and a fresh {@code
 * sent_at}. 401 and 403 are about the kiosk and not about the scan: it stops and keeps what it has.
 * Any other 4xx is the server's last word.
 *
 * @param first pause after a first failure; it doubles with each further one
 * @param longest pause
 * @param timeout after which an answer counts as lost
 */
record RetryRules(Duration first, Duration longest, Duration timeout) {
  private static final int MOST_DOUBLINGS = 20;

  /** The rules of a kiosk at a gate. */
  static RetryRules ofAKiosk() {
    return new RetryRules(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(10));
  }

  /** Whether an answer of this HTTP status says nothing final about the scan. */
  static boolean isTemporary(int status) {
    return status == 429 || status >= 500;
  }

  /** Whether an answer of this HTTP status says that the kiosk must be enrolled anew. */
  static boolean isUnwelcome(int status) {
    return status == 401 || status == 403;
  }

  /**
   * How long to wait: what the server asked for, else a pause that grows and is drawn between its
   * half and its whole, lest all kiosks come back at once.
   *
   * @param failures in a row, at least one
   */
  Duration pause(int failures, Optional<Duration> retryAfter, RandomGenerator random) {
    if (retryAfter.isPresent()) {
      return retryAfter.get();
    }
    long grown = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    long pause = Math.min(grown, longest.toMillis());
    return Duration.ofMillis(pause / 2 + random.nextLong(pause / 2 + 1));
  }
}
