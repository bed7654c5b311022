package porteria.bus;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A page of what does not fit together on a school's days, newest first.
 *
 * @param from first date wanted; the school's today when both are empty
 * @param to last date wanted
 */
public record FindDiscrepancies(
    UUID schoolId,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    Optional<PagePlace> before,
    int limit) {}
