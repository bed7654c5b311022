package porteria.roster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A pupil.
 *
 * @param number the school's own; pupils from before it was kept have none
 * @param course name of the course
 */
public record Student(
    UUID id,
    Optional<String> number,
    String fullName,
    UUID courseId,
    String course,
    Optional<Instant> inactiveSince,
    List<UUID> guardianIds) {

  public Student {
    guardianIds = List.copyOf(guardianIds);
  }
}
