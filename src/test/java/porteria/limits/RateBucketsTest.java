package porteria.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Every allowance can be used, to the full and no further, in Redis and beside it. */
@ExtendWith(TestServersExtension.class)
class RateBucketsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Some of a few seconds past any hour: their fractions are what goes wrong. */
  private static final long NOW = 1_795_334_405_123L;

  private static Vertx vertx;
  private static Redis redis;
  private static RateBuckets buckets;

  @BeforeAll
  static void open(TestServers servers) {
    vertx = Vertx.vertx();
    redis = Redis.createClient(vertx, servers.freshRedis().uri());
    buckets = RateBuckets.inRealTime(vertx, redis, PATIENCE);
  }

  @AfterAll
  static void close() {
    redis.close();
    vertx.close().await();
  }

  @Test
  void a_full_bucket_of_any_rate_holds_its_burst_in_redis() {
    IntStream.rangeClosed(1, 200)
        .forEach(
            perDay -> {
              Rate rate = new Rate(perDay / 86_400.0, burst(perDay));
              String bucket = "test:full:" + perDay;
              assertThat(buckets.take(bucket, 1_000, rate).await().tokens())
                  .as("%d a day", perDay)
                  .isEqualTo(rate.burst());
              assertThat(buckets.take(bucket, 1, rate).await().tokens()).isZero();
            });
  }

  @Test
  void a_full_bucket_of_any_rate_holds_its_burst_while_redis_is_away() {
    LocalBuckets local = new LocalBuckets();
    IntStream.rangeClosed(1, 200)
        .forEach(
            perSecond -> {
              Rate rate = new Rate(perSecond, burst(perSecond));
              String bucket = "test:full:" + perSecond;
              assertThat(local.take(bucket, 1_000, rate, NOW).tokens())
                  .as("%d a second", perSecond)
                  .isEqualTo(rate.burst());
              assertThat(local.take(bucket, 1, rate, NOW).tokens()).isZero();
            });
  }

  private static int burst(int rate) {
    return Math.max(1, rate / 8);
  }
}
