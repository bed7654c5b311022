package porteria.bus;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Messages, newest first.
 *
 * @param next id of the last, where another page follows
 */
public record NotificationPage(List<NotificationView> items, Optional<UUID> next) {}
