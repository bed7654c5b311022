package porteria.bus;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.HoursChange;

/**
 * Makes an exception to the usual hours.
 *
 * @param courseId the whole school when empty
 * @param reason why, in the words of who makes it
 */
public record MakeException(
    ByStaff by, Optional<UUID> courseId, LocalDate date, HoursChange change, String reason) {}
