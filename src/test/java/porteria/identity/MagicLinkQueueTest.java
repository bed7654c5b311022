package porteria.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many links are looked for at once. */
class MagicLinkQueueTest {

  private final MagicLinkQueue queue = new MagicLinkQueue(2, 3);
  private final List<Promise<Void>> begun = new ArrayList<>();

  @Test
  void no_more_than_so_many_are_worked_on_and_the_rest_wait_their_turn() {
    for (int i = 0; i < 5; i++) {
      assertThat(queue.offer(this::work)).isTrue();
    }
    assertThat(begun).hasSize(2);
    begun.getFirst().complete();
    assertThat(begun).hasSize(3);
    begun.get(1).fail("the database does not answer");
    assertThat(begun).hasSize(4);
  }

  @Test
  void beyond_those_who_may_wait_nobody_is_taken() {
    for (int i = 0; i < 5; i++) {
      queue.offer(this::work);
    }
    assertThat(queue.offer(this::work)).isFalse();
    begun.getFirst().complete();
    assertThat(queue.offer(this::work)).isTrue();
  }

  private Future<Void> work() {
    Promise<Void> promise = Promise.promise();
    begun.add(promise);
    return promise.future();
  }
}
