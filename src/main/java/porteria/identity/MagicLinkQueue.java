package porteria.identity;

import io.vertx.core.Future;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Works on a few requests at once and keeps some waiting, so that they never hold all connections
 * to the database. Safe for several threads at once.
 */
final class MagicLinkQueue {

  private final Semaphore free;
  private final Queue<Supplier<Future<Void>>> waiting;

  MagicLinkQueue(int mostAtOnce, int mostWaiting) {
    this.free = new Semaphore(mostAtOnce);
    this.waiting = new ArrayBlockingQueue<>(mostWaiting);
  }

  /**
   * Takes a request, to be worked on now or when it is its turn.
   *
   * @param work must come to an end
   * @return whether there was room
   */
  boolean offer(Supplier<Future<Void>> work) {
    boolean taken = waiting.offer(work);
    begin();
    return taken;
  }

  private void begin() {
    // Looks again after giving back: what another thread left waiting meanwhile is not forgotten.
    while (!waiting.isEmpty() && free.tryAcquire()) {
      Supplier<Future<Void>> work = waiting.poll();
      if (work == null) {
        free.release();
      } else {
        work.get().onComplete(done -> next());
      }
    }
  }

  private void next() {
    free.release();
    begin();
  }
}
