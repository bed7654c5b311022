package porteria.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class SettableClock implements InstantSource {

  private final Runnable beforeMoving;
  private volatile Instant now;

  public SettableClock(Instant now) {
    this(now, () -> {});
  }

  /**
   * A clock that others read too.
   *
   * @param beforeMoving waits until nobody is at work by the time that it shows
   */
  SettableClock(Instant now, Runnable beforeMoving) {
    this.now = now;
    this.beforeMoving = beforeMoving;
  }

  public synchronized void advance(Duration duration) {
    beforeMoving.run();
    now = now.plus(duration);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
