package porteria.bus;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Who of a school is missing.
 *
 * @param date the school's today when empty
 * @param after the pupil shown last, {@link MissingPage#next()} of the page before
 * @param limit most pupils of the page
 */
public record ViewMissing(
    UUID schoolId, Optional<LocalDate> date, Optional<UUID> after, int limit) {}
