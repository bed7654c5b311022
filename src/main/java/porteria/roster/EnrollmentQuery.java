package porteria.roster;

import java.util.Optional;
import java.util.UUID;

/** Which enrolments are asked for. */
public record EnrollmentQuery(
    Optional<UUID> studentId, Optional<UUID> courseId, Optional<Integer> schoolYear) {}
