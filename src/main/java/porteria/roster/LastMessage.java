package porteria.roster;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.FailureClass;
import porteria.domain.NotificationStatus;

/**
 * What became of the message that was sent last to a contact.
 *
 * @param at when it was owed
 * @param failureClass why it was not told, or not at once
 */
public record LastMessage(
    UUID id, NotificationStatus status, Instant at, Optional<FailureClass> failureClass) {

  static LastMessage of(JsonObject json) {
    return new LastMessage(
        UUID.fromString(json.getString("id")),
        NotificationStatus.valueOf(json.getString("status")),
        OffsetDateTime.parse(json.getString("at")).toInstant(),
        Optional.ofNullable(json.getString("failure_class")).map(FailureClass::valueOf));
  }
}
