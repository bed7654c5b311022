package porteria.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What became of a scan. Every verdict but a conflict is stored, and given again to a replay. */
public sealed interface Verdict {

  /**
   * The scan is an event.
   *
   * @param duplicate this is a replay: nothing was changed
   */
  record Accepted(
      UUID eventId,
      UUID studentId,
      String fullName,
      ScanType type,
      Instant occurredAt,
      List<ScanFlag> flags,
      boolean duplicate)
      implements Verdict {}

  /** The scan was refused, and the refusal is stored. */
  record Rejected(UUID rejectionId, RejectionReason reason, List<ScanFlag> flags, boolean duplicate)
      implements Verdict {}

  /** The key was used before with another body; nothing was changed. */
  record Conflict() implements Verdict {}
}
