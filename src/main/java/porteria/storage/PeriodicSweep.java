package porteria.storage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then for files that are due to be deleted; never twice at once on one node. */
public final class PeriodicSweep {

  private static final Logger LOG = LoggerFactory.getLogger(PeriodicSweep.class);

  private final String what;
  private final Supplier<Future<Integer>> sweep;
  private boolean sweeping;

  private PeriodicSweep(String what, Supplier<Future<Integer>> sweep) {
    this.what = what;
    this.sweep = sweep;
  }

  /**
   * Sweeps now and then every so often.
   *
   * @param what is deleted, for the log
   * @param sweep deletes what is due and answers how much it was
   * @return stops it
   */
  public static Runnable start(
      Vertx vertx, Duration every, String what, Supplier<Future<Integer>> sweep) {
    PeriodicSweep periodic = new PeriodicSweep(what, sweep);
    periodic.sweepUnlessBusy();
    long timer = vertx.setPeriodic(every.toMillis(), tick -> periodic.sweepUnlessBusy());
    return () -> vertx.cancelTimer(timer);
  }

  private void sweepUnlessBusy() {
    if (sweeping) {
      return;
    }
    sweeping = true;
    sweep
        .get()
        .onComplete(
            swept -> {
              sweeping = false;
              if (swept.failed()) {
                LOG.warn("{} could not be deleted and will be later", what, swept.cause());
              } else if (swept.result() > 0) {
                LOG.info("Deleted {} {} that were due", swept.result(), what);
              }
            });
  }
}
