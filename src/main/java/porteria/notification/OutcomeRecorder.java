package porteria.notification;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes settlements in batches: whatever waits when the database is free goes in one statement.
 * What could not be written is kept and goes with the next batch. For one event loop.
 */
final class OutcomeRecorder {

  private static final int BATCH_LIMIT = 500;

  private final NotificationRepository rows;
  private final Runnable recalled;
  private final Rounds rounds;
  private List<Settlement> waiting = new ArrayList<>();
  private List<Settlement> written = List.of();
  private boolean failing;

  /**
   * @param recalled told when a message under way came to its end whose cause was annulled
   *     meanwhile
   * @param idle told when nothing is being written any more
   */
  OutcomeRecorder(NotificationRepository rows, Runnable recalled, Runnable idle) {
    this.rows = rows;
    this.recalled = recalled;
    this.rounds = new Rounds(this::write, idle);
  }

  void add(Settlement settlement) {
    waiting.add(settlement);
    rounds.wake();
  }

  /** Tries again to write what is kept. */
  void flush() {
    if (!waiting.isEmpty()) {
      rounds.wake();
    }
  }

  boolean empty() {
    return waiting.isEmpty() && written.isEmpty();
  }

  /**
   * Whether what is known of messages could not be written. Their leases may run out meanwhile: who
   * claimed now would send them again.
   */
  boolean failing() {
    return failing;
  }

  private Future<Boolean> write() {
    if (waiting.isEmpty()) {
      return Future.succeededFuture(false);
    }
    List<Settlement> all = waiting;
    int size = Math.min(all.size(), BATCH_LIMIT);
    List<Settlement> batch = List.copyOf(all.subList(0, size));
    waiting = new ArrayList<>(all.subList(size, all.size()));
    written = batch;
    return rows.record(batch).map(this::recorded).onFailure(error -> keep(batch));
  }

  private boolean recorded(int recalledCount) {
    written = List.of();
    failing = false;
    if (recalledCount > 0) {
      recalled.run();
    }
    return !waiting.isEmpty();
  }

  private void keep(List<Settlement> batch) {
    written = List.of();
    failing = true;
    List<Settlement> kept = new ArrayList<>(batch);
    kept.addAll(waiting);
    waiting = kept;
  }
}
