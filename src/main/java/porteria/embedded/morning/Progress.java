package porteria.embedded.morning;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says how far the morning is: one line rewritten on a terminal, else a line now and then. */
final class Progress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean terminal;
  private Duration last = BETWEEN_LINES.negated();

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * @param elapsed since the morning began
   */
  void show(Duration elapsed, int sent, int waiting, int told, int owed) {
    String line =
        String.format(
            Locale.ROOT,
            "%3d s  %4d scans answered, %3d waiting  %4d of %4d messages told",
            elapsed.toSeconds(),
            sent,
            waiting,
            told,
            owed);
    if (terminal) {
      out.print("\r" + line);
      out.flush();
    } else if (elapsed.minus(BETWEEN_LINES).compareTo(last) >= 0) {
      last = elapsed;
      out.println(line);
    }
  }

  /** The last line is said. */
  void end() {
    out.println();
  }
}
