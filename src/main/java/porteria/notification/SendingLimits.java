package porteria.notification;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import porteria.config.NotificationSettings;
import porteria.domain.Channel;

/** What the instances of one node share: each channel's slots and the health of its provider. */
public final class SendingLimits {

  private final Map<Channel, SendSlots> slots = new EnumMap<>(Channel.class);
  private final Map<Channel, ProviderHealth> health = new EnumMap<>(Channel.class);
  private final MeterRegistry meters;

  public SendingLimits(NotificationSettings settings, MeterRegistry meters) {
    this.meters = meters;
    for (Channel channel : Channel.values()) {
      ProviderHealth provider = new ProviderHealth(channel);
      slots.put(channel, new SendSlots(settings.concurrency()));
      health.put(channel, provider);
      Gauge.builder("porteria_notification_circuit_open", provider, ProviderHealth::openness)
          .description("1 while nothing is sent because the provider is in trouble")
          .tag("channel", channel.name())
          .strongReference(true)
          .register(meters);
    }
  }

  SendSlots slots(Channel channel) {
    return Objects.requireNonNull(slots.get(channel));
  }

  ProviderHealth health(Channel channel) {
    return Objects.requireNonNull(health.get(channel));
  }

  MeterRegistry meters() {
    return meters;
  }
}
