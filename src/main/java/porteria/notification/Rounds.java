package porteria.notification;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Runs rounds of work one at a time. However often it is woken during a round, one more follows.
 * For one event loop; rounds must end later than they begin, as anything on a network does.
 */
final class Rounds {

  private final Supplier<Future<Boolean>> round;
  private final Runnable idle;
  private boolean running;
  private boolean wanted;

  /**
   * @param round says whether another is wanted at once; one that fails waits to be woken
   * @param idle told when no round runs any more
   */
  Rounds(Supplier<Future<Boolean>> round, Runnable idle) {
    this.round = round;
    this.idle = idle;
  }

  void wake() {
    wanted = true;
    if (!running) {
      next();
    }
  }

  boolean running() {
    return running;
  }

  private void next() {
    running = wanted;
    if (!wanted) {
      idle.run();
      return;
    }
    wanted = false;
    Future.succeededFuture()
        .compose(begun -> round.get())
        .onComplete(
            ended -> {
              wanted |= ended.succeeded() && ended.result();
              next();
            });
  }
}
