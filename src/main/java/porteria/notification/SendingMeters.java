package porteria.notification;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import porteria.domain.Channel;

/** What calls came to, and how long providers took. */
final class SendingMeters {

  private final MeterRegistry meters;
  private final Channel channel;

  SendingMeters(MeterRegistry meters, Channel channel) {
    this.meters = meters;
    this.channel = channel;
  }

  /** A message was called for, or refused before that. */
  void ended(SendOutcome outcome, Duration took) {
    Timer.builder("porteria_notification_send")
        .description("Provider calls by outcome: SENT, UNKNOWN, or the class of the failure")
        .tag("channel", channel.name())
        .tag("outcome", name(outcome))
        .register(meters)
        .record(took);
  }

  private static String name(SendOutcome outcome) {
    return switch (outcome) {
      case SendOutcome.Sent sent -> "SENT";
      case SendOutcome.Unknown unknown -> "UNKNOWN";
      case SendOutcome.Failed failed -> failed.failureClass().name();
    };
  }
}
