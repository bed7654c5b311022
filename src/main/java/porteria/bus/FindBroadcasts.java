package porteria.bus;

import java.util.Optional;
import java.util.UUID;

/**
 * Asks for a page of a school's broadcasts, newest first.
 *
 * @param before the one shown last
 */
public record FindBroadcasts(UUID schoolId, Optional<UUID> before, int limit) {}
