package porteria.bus;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * How the pupils of a school came in on a date.
 *
 * @param date the school's today when empty
 */
public record ViewArrivals(UUID schoolId, Optional<LocalDate> date) {}
