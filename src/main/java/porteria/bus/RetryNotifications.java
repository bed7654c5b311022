package porteria.bus;

import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;
import porteria.domain.FailureClass;

/**
 * Sends what failed again.
 *
 * @param id of one message; empty for all of the last day that failed and may be sent again, of
 *     this class and channel where they are given
 * @param causeId of all that one thing caused instead, however long ago
 */
public record RetryNotifications(
    ByStaff by,
    Optional<UUID> id,
    Optional<FailureClass> failureClass,
    Optional<Channel> channel,
    Optional<UUID> causeId) {

  /** Of whatever cause. */
  public RetryNotifications(
      ByStaff by,
      Optional<UUID> id,
      Optional<FailureClass> failureClass,
      Optional<Channel> channel) {
    this(by, id, failureClass, channel, Optional.empty());
  }

  /** All that one thing caused. */
  public static RetryNotifications of(ByStaff by, UUID causeId) {
    return new RetryNotifications(
        by, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(causeId));
  }
}
