package porteria.embedded.simulator;

import java.util.OptionalLong;

/** How one provider words the refusals that a fault can order. */
interface ProviderErrors {
  /** A server error. */
  Answer outage();

  /**
   * Too many requests.
   *
   * @param retryAfterMs milliseconds for Retry-After, rounded up to seconds; no header when empty
   */
  Answer throttled(OptionalLong retryAfterMs);

  /** The error with this code or name. */
  Answer coded(String code);

  /** Seconds, as the Retry-After header writes them. */
  static String seconds(long millis) {
    return Long.toString(Math.ceilDiv(millis, 1000));
  }
}
