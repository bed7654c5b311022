package porteria.bus;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Which day of which school.
 *
 * @param date the school's today when empty
 * @param recent how many of the day's latest changes to add
 */
public record ViewDay(UUID schoolId, Optional<LocalDate> date, int recent) {}
