package porteria.roster;

import io.vertx.core.Future;
import java.util.UUID;
import porteria.bus.Bus;
import porteria.bus.ImportProgress;
import porteria.bus.ImportProgress.Phase;

/**
 * Tells how far one import has come. One thread after the other: rows are read and checked on
 * worker threads, written from an event loop.
 */
final class Progress {

  /** Of so many rows the first is told. */
  private static final int STEP = 200;

  private final Bus bus;
  private final UUID school;
  private final UUID id;
  private volatile int done;
  private volatile int total;

  Progress(Bus bus, UUID school, UUID id) {
    this.bus = bus;
    this.school = school;
    this.id = id;
  }

  /** Begins to read, or says of how many rows. */
  void reading(int rows) {
    total = rows;
    tell(Phase.READING, 0);
  }

  /** Says that of a phase so many rows are done. */
  void at(Phase phase, int rows) {
    if (rows % STEP == 0 || rows == total) {
      tell(phase, rows);
    }
  }

  /** Says that of the statements that write so many are done. */
  void written(int statements, int ofStatements) {
    tell(Phase.WRITING, (int) ((long) total * statements / ofStatements));
  }

  /** What an import comes to; the end of it is told. */
  Future<ImportRun> upTo(Future<ImportReport> report) {
    return report
        .onSuccess(
            each -> {
              boolean good = each.errorCount() == 0;
              tell(good ? Phase.DONE : Phase.FAILED, good ? total : done);
            })
        .onFailure(error -> tell(Phase.FAILED, done))
        .map(each -> new ImportRun(id, each));
  }

  private void tell(Phase phase, int rows) {
    done = rows;
    bus.publish(
        porteria.bus.Addresses.IMPORT_PROGRESSED,
        new ImportProgress(school, id, phase, rows, total));
  }
}
