package porteria.absence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A request that a pupil be absent.
 *
 * @param guardian who submitted it; empty when staff excused the pupil themselves
 * @param attached whether a document came with it and is still kept
 * @param resolution empty while it is pending
 */
public record AbsenceRequest(
    UUID id,
    Named student,
    Named course,
    Optional<Named> guardian,
    AbsenceWish wish,
    boolean attached,
    AbsenceStatus status,
    Instant submittedAt,
    Optional<Resolution> resolution) {

  /** Somebody or something with a name. */
  public record Named(UUID id, String name) {}

  /**
   * How it ended.
   *
   * @param by name of the member of staff; empty when it was withdrawn
   * @param reason as staff wrote it
   */
  public record Resolution(Instant at, Optional<String> by, Optional<String> reason) {}
}
