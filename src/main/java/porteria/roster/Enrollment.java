package porteria.roster;

import java.util.UUID;

/** The course that a pupil attends in a school year. */
public record Enrollment(UUID id, UUID studentId, UUID courseId, int schoolYear) {}
