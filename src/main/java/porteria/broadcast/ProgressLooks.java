package porteria.broadcast;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Looks at how far broadcasts have come: at each no more than once at a time, and after a pause,
 * however often it is wanted. What was wanted meanwhile is looked at afterwards, so that the last
 * state is seen. For one event loop.
 */
final class ProgressLooks {

  /** After a look at a broadcast: counting tens of thousands of messages is not free. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Function<Expansion.Key, Future<Void>> look;

  /** Those that are looked at, or were a moment ago, and whether somebody wants to look again. */
  private final Map<Expansion.Key, Boolean> again = new HashMap<>();

  /**
   * @param look does not fail
   */
  ProgressLooks(Vertx vertx, Function<Expansion.Key, Future<Void>> look) {
    this.vertx = vertx;
    this.look = look;
  }

  void want(Expansion.Key one) {
    if (again.containsKey(one)) {
      again.put(one, true);
    } else {
      begin(one);
    }
  }

  private void begin(Expansion.Key one) {
    again.put(one, false);
    look.apply(one).onComplete(seen -> vertx.setTimer(PAUSE.toMillis(), over -> end(one)));
  }

  private void end(Expansion.Key one) {
    if (Objects.requireNonNull(again.remove(one))) {
      begin(one);
    }
  }
}
