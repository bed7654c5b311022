package porteria.bus;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.HoursChange;

/**
 * Other hours than usual on one date.
 *
 * @param courseId the course it is about; the whole school when empty
 * @param createdBy the member of staff who made it
 */
public record ScheduleException(
    UUID id,
    Optional<UUID> courseId,
    LocalDate date,
    HoursChange change,
    String reason,
    UUID createdBy,
    Instant createdAt) {}
