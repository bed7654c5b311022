package porteria.absence;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Which requests are wanted, the latest first.
 *
 * @param from those with a day of absence on or after it
 * @param to those with a day of absence on or before it
 * @param before the request shown last, {@link AbsencePage#next()} of the page before
 * @param limit most items of the page
 */
public record AbsenceQuery(
    Optional<AbsenceStatus> status,
    Optional<UUID> studentId,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    Optional<UUID> before,
    int limit) {}
