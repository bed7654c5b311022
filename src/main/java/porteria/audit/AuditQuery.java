package porteria.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which entries of a school are asked for: those that fit all that is given.
 *
 * @param from earliest time, inclusive
 * @param to latest time, exclusive
 * @param below only entries with a smaller number
 */
public record AuditQuery(
    UUID schoolId,
    Optional<UUID> actor,
    Optional<String> action,
    Optional<String> entity,
    Optional<String> entityId,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Long> below) {}
