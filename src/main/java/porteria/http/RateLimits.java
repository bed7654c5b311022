package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.domain.MessageKey;

/**
 * How often one subject may ask. The buckets stand in Redis, so that nodes share them; while it
 * does not answer, each verticle keeps its own. Subjects reach Redis as digests. For one event
 * loop.
 */
final class RateLimits {

  private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);

  /** Longer than this nobody waits for Redis to be counted. */
  private static final long PATIENCE_MILLIS = 100;

  /** After a silence Redis is not asked for so long. */
  private static final long REST_MILLIS = 1_000;

  private static final int MOST_BLOCKS = 50_000;

  /** The same algorithm as {@link LocalBuckets}, on Redis' own clock, at once for all nodes. */
  private static final String TAKE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + time[2] / 1000
      local each = 60000 / ARGV[2]
      local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + ARGV[1] * each
      local wait = full - now - ARGV[2] * each
      if wait > 0 then return math.ceil(wait) end
      redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil(full - now) + 1000)
      return 0
      """;

  private final Vertx vertx;
  private final Redis redis;
  private final MessageKey digests;
  private final InstantSource clock;
  private final LocalBuckets local = new LocalBuckets();
  private long restUntil = Long.MIN_VALUE;

  /**
   * Tokens taken ahead, by subject: a busy one asks Redis every tenth of a second, not for each
   * request.
   */
  private final Map<String, Integer> ahead =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MOST_BLOCKS;
        }
      };

  RateLimits(Vertx vertx, Redis redis, MessageKey digests, InstantSource clock) {
    this.vertx = vertx;
    this.redis = redis;
    this.digests = digests;
    this.clock = clock;
  }

  /**
   * Counts one request.
   *
   * @param kind of subject, such as {@code device}
   * @return milliseconds after which the subject may ask again; 0 when this one may be answered
   */
  Future<Long> take(String kind, String subject, int perMinute) {
    String bucket = kind + ":" + subject;
    Integer left = ahead.get(bucket);
    if (left != null && left > 0) {
      ahead.put(bucket, left - 1);
      return Future.succeededFuture(0L);
    }
    int block = Math.max(1, perMinute / 600);
    return ask(bucket, block, perMinute)
        .map(
            wait -> {
              if (wait == 0) {
                ahead.merge(bucket, block - 1, Integer::sum);
              }
              return wait;
            });
  }

  private Future<Long> ask(String bucket, int tokens, int perMinute) {
    long now = clock.millis();
    if (now < restUntil) {
      return Future.succeededFuture(local.take(bucket, tokens, perMinute, now));
    }
    return inTime(
            redis.send(
                Request.cmd(Command.EVAL)
                    .arg(TAKE)
                    .arg(1)
                    .arg(key(bucket))
                    .arg(tokens)
                    .arg(perMinute)))
        .otherwise(
            silent -> {
              LOG.warn("limits are this node's own for now: {}", silent.toString());
              restUntil = clock.millis() + REST_MILLIS;
              return local.take(bucket, tokens, perMinute, clock.millis());
            });
  }

  private Future<Long> inTime(Future<@Nullable Response> answer) {
    Promise<Long> counted = Promise.promise();
    long timer =
        vertx.setTimer(
            PATIENCE_MILLIS, late -> counted.tryFail(new IllegalStateException("Redis is late")));
    answer.onComplete(
        reply -> {
          vertx.cancelTimer(timer);
          counted.tryComplete(Objects.requireNonNull(reply).toLong());
        },
        error -> {
          vertx.cancelTimer(timer);
          counted.tryFail(error);
        });
    return counted.future();
  }

  private String key(String bucket) {
    byte[] digest = digests.authenticate(bucket.getBytes(StandardCharsets.UTF_8));
    return "porteria:limit:" + HexFormat.of().formatHex(digest, 0, 16);
  }
}
