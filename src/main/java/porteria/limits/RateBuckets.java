package porteria.limits;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Token buckets that stand in Redis, so that nodes share them; while it does not answer, each user
 * of this class keeps its own. For one event loop.
 */
public final class RateBuckets {

  private static final Logger LOG = LoggerFactory.getLogger(RateBuckets.class);

  /** After a silence Redis is not asked for so long. */
  private static final long REST_MILLIS = 1_000;

  /**
   * The same algorithm as {@link LocalBuckets}, on Redis' own clock, at once for all nodes. KEYS[1]
   * says when the bucket is full again. ARGV: tokens wanted, milliseconds a token, burst,
   * milliseconds that a token may be early. Answers with the tokens taken, or minus the
   * milliseconds to wait.
   */
  private static final String TAKE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + time[2] / 1000
      local each = tonumber(ARGV[2])
      local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
      local room = now + ARGV[3] * each - full
      local taken = math.min(tonumber(ARGV[1]), math.floor((room + ARGV[4]) / each))
      if taken < 1 then return -math.max(1, math.ceil(each - room)) end
      full = full + taken * each
      redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now) + 1000)
      return taken
      """;

  /** ARGV: milliseconds to give back. A bucket that is full already has gone, or soon will. */
  private static final String GIVE_BACK =
      """
      local full = redis.call('GET', KEYS[1])
      if full then
        redis.call('SET', KEYS[1], string.format('%.3f', full - ARGV[1]), 'KEEPTTL')
      end
      """;

  /** ARGV: milliseconds until there is a token, milliseconds from then until it is full. */
  private static final String PAUSE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + time[2] / 1000
      local full = now + ARGV[1] + ARGV[2]
      if full > tonumber(redis.call('GET', KEYS[1]) or '0') then
        redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now) + 1000)
      end
      """;

  private final Vertx vertx;
  private final Redis redis;
  private final InstantSource clock;
  private final Duration patience;
  private final LocalBuckets local = new LocalBuckets();
  private long restUntil = Long.MIN_VALUE;

  /**
   * @param clock of the buckets beside us
   * @param patience longer nobody waits for Redis to be counted
   */
  public RateBuckets(Vertx vertx, Redis redis, InstantSource clock, Duration patience) {
    this.vertx = vertx;
    this.redis = redis;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * For the allowances of others, who count real time whatever this server's clock says: it may
   * play a day in minutes.
   */
  public static RateBuckets inRealTime(Vertx vertx, Redis redis, Duration patience) {
    InstantSource real = () -> Instant.EPOCH.plusNanos(System.nanoTime());
    return new RateBuckets(vertx, redis, real, patience);
  }

  /**
   * Takes as many tokens as there are, at most as many as are wanted. Does not fail.
   *
   * @param bucket a Redis key; it names nobody
   */
  public Future<Grant> take(String bucket, int wanted, Rate rate) {
    return ask(Request.cmd(Command.EVAL)
            .arg(TAKE)
            .arg(1)
            .arg(bucket)
            .arg(wanted)
            .arg(rate.intervalMillis())
            .arg(rate.burst())
            .arg(Rate.EARLY_MILLIS))
        .map(
            answer -> {
              int counted = Objects.requireNonNull(Objects.requireNonNull(answer).toInteger());
              return counted > 0 ? Grant.of(counted) : Grant.none(-counted);
            })
        .otherwise(silent -> local.take(bucket, wanted, rate, clock.millis()));
  }

  /** Puts back what was taken and turned out not to be needed. */
  public void giveBack(String bucket, int tokens, Rate rate) {
    if (tokens > 0) {
      ask(Request.cmd(Command.EVAL)
              .arg(GIVE_BACK)
              .arg(1)
              .arg(bucket)
              .arg(tokens * rate.intervalMillis()))
          .onFailure(silent -> local.giveBack(bucket, tokens, rate));
    }
  }

  /** Leaves a bucket empty for so long, whatever it held. */
  public void pause(String bucket, Duration pause, Rate rate) {
    double filling = (rate.burst() - 1) * rate.intervalMillis();
    ask(Request.cmd(Command.EVAL).arg(PAUSE).arg(1).arg(bucket).arg(pause.toMillis()).arg(filling))
        .onFailure(silent -> local.pause(bucket, pause.toMillis(), rate, clock.millis()));
  }

  /**
   * Runs a command, within the patience.
   *
   * @return fails when Redis does not answer, or did not a moment ago
   */
  public Future<@Nullable Response> ask(Request command) {
    if (clock.millis() < restUntil) {
      return Future.failedFuture("Redis rests");
    }
    Promise<@Nullable Response> answered = Promise.promise();
    long timer = vertx.setTimer(patience.toMillis(), late -> answered.tryFail("Redis is late"));
    redis
        .send(command)
        .onComplete(
            reply -> {
              vertx.cancelTimer(timer);
              answered.tryComplete(reply);
            },
            error -> {
              vertx.cancelTimer(timer);
              answered.tryFail(error);
            });
    return answered.future().onFailure(this::rest);
  }

  private void rest(Throwable silent) {
    LOG.warn("limits are this node's own for now: {}", silent.toString());
    restUntil = clock.millis() + REST_MILLIS;
  }
}
