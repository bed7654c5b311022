package porteria.notification;

import java.util.concurrent.atomic.AtomicInteger;

/** The calls of one provider that one node may have under way, shared by its instances. */
final class SendSlots {

  private final int concurrency;
  private final AtomicInteger free;

  SendSlots(int concurrency) {
    this.concurrency = concurrency;
    this.free = new AtomicInteger(concurrency);
  }

  /**
   * Takes every free slot; what turns out not to be needed is given back.
   *
   * @return how many, 0 when all are in use
   */
  int takeAll() {
    return free.getAndSet(0);
  }

  void giveBack(int count) {
    free.addAndGet(count);
  }

  /** Whether a quarter of all is free. */
  boolean manyFree() {
    return free.get() * 4 >= concurrency;
  }

  /** How many are kept for what must not wait behind a broadcast: a quarter, one at least. */
  int reserved() {
    return concurrency == 1 ? 0 : Math.max(1, concurrency / 4);
  }
}
