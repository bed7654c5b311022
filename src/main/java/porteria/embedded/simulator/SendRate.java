package porteria.embedded.simulator;

import java.time.InstantSource;

/**
 * The sender's allowance: a bucket that holds one second's worth of messages and refills evenly.
 * Counted in thousandths of a message, so that a millisecond refills whole numbers.
 */
final class SendRate {
  private final InstantSource clock;
  private final long perSecond;
  private long level;
  private long filledAt;

  /**
   * @param perSecond messages a second, and the burst
   */
  SendRate(InstantSource clock, int perSecond) {
    this.clock = clock;
    this.perSecond = perSecond;
    this.level = perSecond * 1000L;
    this.filledAt = clock.millis();
  }

  /** Takes one message's worth; false when the bucket is empty. */
  boolean take() {
    refill();
    if (level < 1000) {
      return false;
    }
    level -= 1000;
    return true;
  }

  private void refill() {
    long now = clock.millis();
    // A clock set back gives nothing, and a long pause gives one bucket.
    long passed = Math.clamp(now - filledAt, 0, 1000);
    level = Math.min(perSecond * 1000, level + passed * perSecond);
    filledAt = now;
  }
}
