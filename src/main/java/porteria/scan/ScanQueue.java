package porteria.scan;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import porteria.domain.Failure;
import porteria.domain.FailureException;

/**
 * Gathers scans into batches without a timer: while one batch is being recorded the next one
 * collects. Bounded; a scan that finds it full is told to come back. Lives on one event loop.
 */
final class ScanQueue {

  /** Batches take rows, and so locks and index pages, in one order on all nodes. */
  private static final Comparator<Waiting> BY_KEY =
      Comparator.comparing((Waiting waiting) -> waiting.key.schoolId())
          .thenComparing(waiting -> waiting.key.deviceId())
          .thenComparingLong(waiting -> waiting.key.localSeq());

  private final Function<List<ScanRow>, Future<List<RecordedScan>>> recorder;
  private final Consumer<List<RecordedScan>> committed;
  private final int queueLimit;
  private final int batchLimit;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private Promise<Void> idle = Promise.promise();

  /** Batches sent and not yet answered. */
  private int underWay;

  /** How many rows the last batch had. */
  private int lastSent;

  /** A scan and who waits for its outcome. */
  private record Waiting(ScanRow row, ScanRow.Key key, Promise<RecordedScan> promise) {}

  /**
   * Makes an empty queue.
   *
   * @param recorder records rows of distinct keys in one transaction
   * @param committed is told of each batch that was recorded, before those who wait
   */
  ScanQueue(
      Function<List<ScanRow>, Future<List<RecordedScan>>> recorder,
      Consumer<List<RecordedScan>> committed,
      int queueLimit,
      int batchLimit) {
    this.recorder = recorder;
    this.committed = committed;
    this.queueLimit = queueLimit;
    this.batchLimit = batchLimit;
  }

  /** Waits for a place in a batch; completes when the batch is committed. */
  Future<RecordedScan> submit(ScanRow row) {
    if (waiting.size() >= queueLimit) {
      return Future.failedFuture(
          Failure.of(Failure.Kind.OVERLOADED, "Too many scans wait; send this one again shortly.")
              .asException());
    }
    Promise<RecordedScan> promise = Promise.promise();
    waiting.add(new Waiting(row, row.key(), promise));
    recordNext();
    return promise.future();
  }

  /** Completes when nothing waits and nothing is being recorded. */
  Future<Void> drained() {
    return underWay > 0 || !waiting.isEmpty() ? idle.future() : Future.succeededFuture();
  }

  /**
   * Sends a batch when none is being recorded, and a second one behind it as soon as it has as many
   * rows: so the database need not wait for us.
   */
  private void recordNext() {
    while (!waiting.isEmpty() && (underWay == 0 || isWorthSendingAhead())) {
      List<Waiting> batch = takeBatch();
      underWay++;
      lastSent = batch.size();
      record(batch).onComplete(done -> rest());
    }
  }

  private boolean isWorthSendingAhead() {
    return underWay == 1 && waiting.size() >= lastSent;
  }

  private void rest() {
    underWay--;
    recordNext();
    if (underWay == 0) {
      idle.complete();
      idle = Promise.promise();
    }
  }

  /** The second of one key stays for the next batch, where it meets the first as a replay. */
  private List<Waiting> takeBatch() {
    List<Waiting> batch = new ArrayList<>(Math.min(waiting.size(), batchLimit));
    Set<ScanRow.Key> keys = new HashSet<>();
    Iterator<Waiting> line = waiting.iterator();
    while (line.hasNext() && batch.size() < batchLimit) {
      Waiting next = line.next();
      if (keys.add(next.key)) {
        batch.add(next);
        line.remove();
      }
    }
    batch.sort(BY_KEY);
    return batch;
  }

  private Future<Void> record(List<Waiting> batch) {
    return recorder
        .apply(batch.stream().map(Waiting::row).toList())
        .onSuccess(recorded -> answer(batch, recorded))
        .<Void>mapEmpty()
        .recover(fault -> isPoison(fault) ? recordAlone(batch, fault) : refuse(batch, fault));
  }

  private void answer(List<Waiting> batch, List<RecordedScan> recorded) {
    committed.accept(recorded);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).promise.complete(recorded.get(i));
    }
  }

  /** One row spoils its batch: each gets a transaction of its own, and only that one fails. */
  private Future<Void> recordAlone(List<Waiting> batch, Throwable fault) {
    if (batch.size() == 1) {
      return refuse(batch, fault);
    }
    Future<Void> chain = Future.succeededFuture();
    for (Waiting single : batch) {
      chain = chain.compose(previous -> record(List.of(single)));
    }
    return chain;
  }

  private static Future<Void> refuse(List<Waiting> batch, Throwable fault) {
    batch.forEach(single -> single.promise.fail(fault));
    return Future.succeededFuture();
  }

  /** The statement itself failed, so another row may do better; a silent server serves none. */
  static boolean isPoison(Throwable fault) {
    return fault instanceof FailureException known
        && known.failure().kind() != Failure.Kind.UNAVAILABLE;
  }
}
