package porteria.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether all that happened at a gate is known: not while its kiosk says nothing, and not while it
 * holds scans that it could not send. Of such a gate nobody may conclude that a pupil did not come.
 */
public final class GateHealth {

  private GateHealth() {}

  /** Why a gate is dark. */
  public enum Reason {
    /** Its kiosk has not reported lately. What it said before is out of date. */
    SILENT,
    /** Its kiosk holds scans. */
    QUEUE
  }

  /**
   * A gate of which not all is known.
   *
   * @param since the last report of a kiosk that is silent, the first with a queue of one that has
   *     one; empty when it never reported
   */
  public record Dark(Reason reason, Optional<Instant> since) {}

  /**
   * What a kiosk last said of itself.
   *
   * @param at by our clock, or when it was enrolled if it has not reported yet
   * @param queueLength scans that it held
   * @param queueSince of the reports with a queue that followed each other up to now, the first
   */
  public record Report(Optional<Instant> at, int queueLength, Optional<Instant> queueSince) {}

  /**
   * Whether a kiosk leaves its gate dark.
   *
   * @param darkAfter how old the last report may be
   */
  public static Optional<Dark> judge(Report last, Instant now, Duration darkAfter) {
    if (last.at().filter(at -> !at.plus(darkAfter).isBefore(now)).isEmpty()) {
      return Optional.of(new Dark(Reason.SILENT, last.at()));
    }
    return last.queueLength() > 0
        ? Optional.of(new Dark(Reason.QUEUE, last.queueSince().or(last::at)))
        : Optional.empty();
  }
}
