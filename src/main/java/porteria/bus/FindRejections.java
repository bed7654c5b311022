package porteria.bus;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Which refused scans are wanted, newest first. The bounds are as in {@link FindEvents}. */
public record FindRejections(
    UUID schoolId,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<PagePlace> before,
    int limit) {}
