package porteria.embedded.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
final class StillClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-03-02T10:52:00.120Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }
}
