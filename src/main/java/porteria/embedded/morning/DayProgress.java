package porteria.embedded.morning;

import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Says how far the day is: a line every half hour of its clock. */
final class DayProgress {
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(30);

  private final PrintStream out;
  private LocalTime next = LocalTime.MIN;

  DayProgress(PrintStream out) {
    this.out = out;
  }

  /**
   * @param waiting scans that kiosks hold
   */
  void show(LocalTime now, DayLedger ledger, int waiting, DayJudgement judgement) {
    if (now.isBefore(next)) {
      return;
    }
    next = now.truncatedTo(ChronoUnit.HOURS);
    while (!next.isAfter(now)) {
      next = next.plus(BETWEEN_LINES);
    }
    out.printf(
        Locale.ROOT,
        "%s  %4d scans answered, %3d waiting  %4d messages told%n",
        now.truncatedTo(ChronoUnit.MINUTES),
        ledger.answered(),
        waiting,
        judgement.told());
  }
}
