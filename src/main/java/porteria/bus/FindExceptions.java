package porteria.bus;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A page of a school's exceptions, by date.
 *
 * @param from first date wanted
 * @param to last date wanted
 * @param after where the page before ended: the date's first instant in UTC, and the exception
 */
public record FindExceptions(
    UUID schoolId,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    Optional<PagePlace> after,
    int limit) {}
