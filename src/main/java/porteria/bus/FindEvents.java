package porteria.bus;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which events are wanted, newest first.
 *
 * @param guardianId of the children of this guardian alone
 * @param from earliest {@code occurred_at}, inclusive
 * @param to latest {@code occurred_at}, exclusive
 * @param before the place where the page before ended
 * @param text words that begin words of the pupil's or the course's name, in whatever order
 */
public record FindEvents(
    UUID schoolId,
    Optional<UUID> studentId,
    Optional<UUID> courseId,
    Optional<UUID> guardianId,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<PagePlace> before,
    int limit,
    Optional<String> text) {

  /** Whatever the names. */
  public FindEvents(
      UUID schoolId,
      Optional<UUID> studentId,
      Optional<UUID> courseId,
      Optional<UUID> guardianId,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<PagePlace> before,
      int limit) {
    this(schoolId, studentId, courseId, guardianId, from, to, before, limit, Optional.empty());
  }
}
