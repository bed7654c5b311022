package porteria.bus;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;

/**
 * What a provider says became of a message. Its text form names nobody.
 *
 * @param notification as we gave it to the provider with the message
 * @param code the provider's, of what went wrong; of a bounce its type and subtype
 * @param permanent whether the provider will not bring the message any more
 * @param errors what else the provider says of a failure
 * @param reportedAt when it happened, by the provider
 */
public record DeliveryReport(
    Channel channel,
    String providerMessageId,
    Status status,
    Optional<UUID> notification,
    Optional<String> code,
    boolean permanent,
    JsonArray errors,
    Instant reportedAt) {

  /** In the order in which a message goes, then what may go wrong with it. */
  public enum Status {
    SENT,
    DELIVERED,
    READ,
    FAILED,
    BOUNCED,
    COMPLAINED
  }

  @Override
  public String toString() {
    return status + " of " + notification.map(UUID::toString).orElse("an unnamed message");
  }
}
