package porteria.broadcast;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of broadcasts. */
final class BroadcastMeters {

  private final MeterRegistry meters;
  private final Counter queued;

  BroadcastMeters(MeterRegistry meters) {
    this.meters = meters;
    this.queued =
        Counter.builder("porteria_broadcast_recipients_queued")
            .description("Frozen recipients of broadcasts that became messages")
            .register(meters);
  }

  void queued(int recipients) {
    queued.increment(recipients);
  }

  /** Staff did something with one. */
  void act(String act) {
    Counter.builder("porteria_broadcasts")
        .description("What staff did with broadcasts")
        .tag("act", act)
        .register(meters)
        .increment();
  }
}
