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
 */
public record RetryNotifications(
    ByStaff by,
    Optional<UUID> id,
    Optional<FailureClass> failureClass,
    Optional<Channel> channel) {}
