package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressLooksTest {

  private static final Expansion.Key ONE = new Expansion.Key(new UUID(0, 1), new UUID(0, 2));
  private static final Expansion.Key OTHER = new Expansion.Key(new UUID(0, 1), new UUID(0, 3));

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Queue<Promise<Void>> underWay = new ArrayDeque<>();
  private final ProgressLooks looks = new ProgressLooks(vertx, this::look);
  private int begun;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void looks_that_are_wanted_meanwhile_join_and_the_last_state_is_seen_after_a_pause() {
    assertThat(on(() -> wanted(ONE, 50))).as("of one").isEqualTo(1);
    assertThat(on(() -> wanted(OTHER, 50))).as("of two").isEqualTo(2);
    long seen = System.nanoTime();
    assertThat(on(this::endAll)).as("at once afterwards").isEqualTo(2);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(on(() -> begun)).isEqualTo(4));
    assertThat(Duration.ofNanos(System.nanoTime() - seen))
        .isGreaterThanOrEqualTo(ProgressLooks.PAUSE);
  }

  private int wanted(Expansion.Key one, int times) {
    for (int i = 0; i < times; i++) {
      looks.want(one);
    }
    return begun;
  }

  private int endAll() {
    for (Promise<Void> each = underWay.poll(); each != null; each = underWay.poll()) {
      each.complete();
    }
    return begun;
  }

  private Future<Void> look(Expansion.Key one) {
    begun++;
    Promise<Void> ended = Promise.promise();
    underWay.add(ended);
    return ended.future();
  }

  /** On the one event loop that all of it runs on. */
  private int on(Callable<Integer> act) {
    Promise<Integer> done = Promise.promise();
    context.runOnContext(
        turn -> {
          try {
            done.complete(act.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return done.future()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }
}
