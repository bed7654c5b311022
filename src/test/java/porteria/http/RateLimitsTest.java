package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.MessageKey;
import porteria.http.door.RateLimits;
import porteria.testkit.RunningServer;
import porteria.testkit.SettableClock;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Buckets that nodes share, and what is left of them without Redis. */
@ExtendWith(TestServersExtension.class)
class RateLimitsTest {

  private static final MessageKey DIGESTS =
      new MessageKey("a key of thirty-two bytes, at least.".getBytes(StandardCharsets.UTF_8));

  /** A Redis that answers late on a busy machine is not taken for one that is silent. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final SettableClock clock = new SettableClock(RunningServer.MORNING);
  private final String subject = UUID.randomUUID().toString();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void two_nodes_share_one_bucket(TestServers servers) {
    String redis = servers.freshRedis().uri();
    RateLimits one = limits(redis);
    RateLimits other = limits(redis);
    for (int i = 0; i < 3; i++) {
      assertThat(take(one)).isZero();
      assertThat(take(other)).isZero();
    }
    assertThat(take(one)).isBetween(1L, 10_000L);
    assertThat(take(other)).isBetween(1L, 10_000L);
  }

  @Test
  void without_redis_each_node_counts_by_itself() {
    URI nobody = URI.create("redis://127.0.0.1:9/0");
    RateLimits alone = limits(nobody.toString());
    for (int i = 0; i < 6; i++) {
      assertThat(take(alone)).isZero();
    }
    assertThat(take(alone)).isEqualTo(10_000);
    clock.advance(Duration.ofSeconds(10));
    assertThat(take(alone)).isZero();
    assertThat(take(alone)).isEqualTo(10_000);
  }

  private long take(RateLimits limits) {
    return limits.take("test", subject, 6).await();
  }

  private RateLimits limits(String redis) {
    return new RateLimits(vertx, Redis.createClient(vertx, redis), DIGESTS, clock, PATIENCE);
  }
}
