package porteria.embedded.morning;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;

/** The server's last word on a scan. */
sealed interface Answer {
  /**
   * Recorded.
   *
   * @param studentId empty in the verdict on an item of a batch, which does not name the pupil
   * @param occurredAt likewise
   * @param duplicate it had been recorded before
   */
  record Accepted(
      String eventId,
      Optional<String> studentId,
      Optional<Instant> occurredAt,
      boolean duplicate,
      Set<ScanFlag> flags)
      implements Answer {}

  /** Refused, and kept as refused. */
  record Rejected(RejectionReason reason, boolean duplicate) implements Answer {}

  /** Another scan has this number. */
  record Conflict() implements Answer {}

  /**
   * Not a scan at all.
   *
   * @param detail the server's words, or what could not be understood in them
   */
  record Invalid(String detail) implements Answer {}
}
