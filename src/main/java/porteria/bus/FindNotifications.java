package porteria.bus;

import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;
import porteria.domain.NotificationStatus;

/**
 * Which of a school's messages are wanted, newest first.
 *
 * @param before id of the last message of the page before
 */
public record FindNotifications(
    UUID schoolId,
    Optional<NotificationStatus> status,
    Optional<Channel> channel,
    Optional<UUID> studentId,
    Optional<UUID> guardianId,
    Optional<UUID> before,
    int limit) {}
