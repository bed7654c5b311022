package porteria.notification;

import io.vertx.core.Future;
import java.time.Duration;
import porteria.domain.Channel;
import porteria.limits.Grant;
import porteria.limits.Rate;
import porteria.limits.RateBuckets;

/**
 * How fast one account may send, all nodes together. It holds little at once: providers count over
 * a second, so that what a network delays and brings together still fits.
 */
final class SenderRate {

  /** Of a second's allowance. */
  private static final int BURST_SHARE = 8;

  private final RateBuckets buckets;
  private final Channel channel;
  private final String bucket;
  private final Rate rate;

  /**
   * @param account names the sender at its provider
   */
  SenderRate(RateBuckets buckets, Channel channel, String account, int messagesPerSecond) {
    this.buckets = buckets;
    this.channel = channel;
    this.bucket = "porteria:send:" + channel + ":" + account;
    this.rate = new Rate(messagesPerSecond, Math.max(1, messagesPerSecond / BURST_SHARE));
  }

  Channel channel() {
    return channel;
  }

  Future<Grant> take(int wanted) {
    return buckets.take(bucket, wanted, rate);
  }

  void giveBack(int messages) {
    buckets.giveBack(bucket, messages, rate);
  }

  /** The provider asked for a pause. */
  void pause(Duration pause) {
    buckets.pause(bucket, pause, rate);
  }
}
