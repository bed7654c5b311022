package porteria.bus;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which events are wanted, newest first.
 *
 * @param guardianId of the children of this guardian alone
 * @param from earliest {@code occurred_at}, inclusive
 * @param to latest {@code occurred_at}, exclusive
 * @param before the place where the page before ended
 */
public record FindEvents(
    UUID schoolId,
    Optional<UUID> studentId,
    Optional<UUID> courseId,
    Optional<UUID> guardianId,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<PagePlace> before,
    int limit) {}
