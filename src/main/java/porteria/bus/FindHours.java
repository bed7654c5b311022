package porteria.bus;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Which hours hold.
 *
 * @param courseId all courses of the school when empty
 * @param date the school's today when empty
 */
public record FindHours(UUID schoolId, Optional<UUID> courseId, Optional<LocalDate> date) {}
