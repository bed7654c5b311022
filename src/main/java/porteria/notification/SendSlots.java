package porteria.notification;

import java.util.concurrent.atomic.AtomicInteger;

/** The provider calls that one node may have under way, shared by its instances. */
public final class SendSlots {

  private final AtomicInteger free;

  public SendSlots(int concurrency) {
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
}
