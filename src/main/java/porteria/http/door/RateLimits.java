package porteria.http.door;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import porteria.domain.MessageKey;
import porteria.limits.Grant;
import porteria.limits.Rate;
import porteria.limits.RateBuckets;

/** How often one subject may ask. Subjects reach Redis as digests. For one event loop. */
public final class RateLimits {

  /** Somebody waits for the answer. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final int MOST_BLOCKS = 50_000;

  private final RateBuckets buckets;
  private final MessageKey digests;

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

  public RateLimits(Vertx vertx, Redis redis, MessageKey digests, InstantSource clock) {
    this(vertx, redis, digests, clock, PATIENCE);
  }

  /**
   * Counts by other patience.
   *
   * @param patience longer nobody waits for Redis to be counted
   */
  public RateLimits(
      Vertx vertx, Redis redis, MessageKey digests, InstantSource clock, Duration patience) {
    this.buckets = new RateBuckets(vertx, redis, clock, patience);
    this.digests = digests;
  }

  /**
   * Counts one request.
   *
   * @param kind of subject, such as {@code device}
   * @return milliseconds after which the subject may ask again; 0 when this one may be answered
   */
  public Future<Long> take(String kind, String subject, int perMinute) {
    String bucket = kind + ":" + subject;
    Integer left = ahead.get(bucket);
    if (left != null && left > 0) {
      ahead.put(bucket, left - 1);
      return Future.succeededFuture(0L);
    }
    int block = Math.max(1, perMinute / 600);
    return buckets
        .take(key(bucket), block, Rate.perMinute(perMinute))
        .map(grant -> counted(bucket, grant));
  }

  private long counted(String bucket, Grant grant) {
    if (grant.tokens() > 0) {
      ahead.merge(bucket, grant.tokens() - 1, Integer::sum);
    }
    return grant.waitMillis();
  }

  private String key(String bucket) {
    byte[] digest = digests.authenticate(bucket.getBytes(StandardCharsets.UTF_8));
    return "porteria:limit:" + HexFormat.of().formatHex(digest, 0, 16);
  }
}
