package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import porteria.domain.FailureClass;

/**
 * Writes settlements in batches: what came within a few milliseconds, and whatever waits when the
 * database is free, goes in one statement. What could not be written is kept and goes with the next
 * batch. For one event loop.
 */
final class OutcomeRecorder {

  private static final int BATCH_LIMIT = 500;

  /**
   * How long the first of a batch waits for others: a statement costs a commit however few it
   * writes, and nobody waits for it.
   */
  private static final long GATHER_MILLIS = 10;

  /** So many do not wait. */
  private static final int MANY = 200;

  /**
   * What was written at once.
   *
   * @param recalled whether the cause of any was annulled meanwhile
   * @param failed whether any was not taken by its provider for good, or for a long time
   * @param unreachable those that were refused for their recipient
   */
  record Recorded(boolean recalled, boolean failed, List<ClaimedMessage> unreachable) {}

  private final Vertx vertx;
  private final NotificationRepository rows;
  private final Consumer<Recorded> told;
  private final Rounds rounds;
  private List<Settlement> waiting = new ArrayList<>();
  private List<Settlement> written = List.of();
  private boolean gathering;
  private boolean failing;

  /**
   * @param told after each batch
   * @param idle told when nothing is being written any more
   */
  OutcomeRecorder(
      Vertx vertx, NotificationRepository rows, Consumer<Recorded> told, Runnable idle) {
    this.vertx = vertx;
    this.rows = rows;
    this.told = told;
    this.rounds = new Rounds(this::write, idle);
  }

  void add(Settlement settlement) {
    waiting.add(settlement);
    if (!rounds.running() && !gathers()) {
      rounds.wake();
    }
  }

  /** Writes what waits. */
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
    return rows.record(batch)
        .map(recalled -> recorded(batch, recalled))
        .onFailure(error -> keep(batch));
  }

  private boolean recorded(List<Settlement> batch, int recalled) {
    written = List.of();
    failing = false;
    told.accept(
        new Recorded(
            recalled > 0,
            batch.stream().anyMatch(OutcomeRecorder::isFailure),
            batch.stream()
                .filter(each -> each.failureClass() == FailureClass.RECIPIENT)
                .map(Settlement::message)
                .toList()));
    return !waiting.isEmpty() && !gathers();
  }

  /** Whether what waits is few, and so waits a little longer. */
  private boolean gathers() {
    boolean few = waiting.size() < MANY;
    if (few && !gathering) {
      gathering = true;
      vertx.setTimer(
          GATHER_MILLIS,
          gathered -> {
            gathering = false;
            flush();
          });
    }
    return few;
  }

  private static boolean isFailure(Settlement settlement) {
    return switch (settlement.status()) {
      case FAILED, PARKED -> true;
      case QUEUED, UNKNOWN, SENT -> false;
    };
  }

  private void keep(List<Settlement> batch) {
    written = List.of();
    failing = true;
    List<Settlement> kept = new ArrayList<>(batch);
    kept.addAll(waiting);
    waiting = kept;
  }
}
