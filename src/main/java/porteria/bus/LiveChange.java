package porteria.bus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;
import porteria.domain.ScanType;

/**
 * One committed change of a school's day.
 *
 * @param seq the school's number of it: without holes, in commit order; 0 in a list that is not
 *     live
 * @param id of the event or the rejection
 * @param student full name; empty for a refused scan
 */
public record LiveChange(
    UUID schoolId,
    long seq,
    Kind kind,
    UUID id,
    Optional<String> student,
    Optional<UUID> courseId,
    ScanType type,
    String gate,
    Instant occurredAt,
    List<ScanFlag> flags,
    Optional<RejectionReason> reason) {

  /** What happened. */
  public enum Kind {
    EVENT,
    ANNULLED,
    REJECTED
  }
}
