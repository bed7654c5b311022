package porteria.embedded.morning;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The judgement on a day.
 *
 * @param scans answered
 * @param mistakes wrong answers, and what could not be done
 */
record DayReport(DayJudgement judgement, List<StaffView> views, int scans, List<String> mistakes) {
  private static final int MOST_LISTED = 10;

  /** Whether all is as it must be. */
  boolean isGood() {
    return faults().isEmpty();
  }

  /** What is wrong, one line each, the like together. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    add(faults, "wrong", mistakes.stream());
    for (DayJudgement.Line line : judgement.lines()) {
      add(faults, "missing", line.missing().stream().map(Owed::label));
      add(faults, "told twice", line.twice().stream().map(DayReport::label));
      add(faults, "unexpected", line.unexpected().stream().map(DayReport::label));
    }
    views.stream()
        .filter(view -> !view.isGood())
        .map(
            view ->
                "%s: should be %s and was %s".formatted(view.what(), view.expected(), view.shown()))
        .forEach(faults::add);
    if (judgement.told() == 0) {
      faults.add("nobody was told anything, so nothing was judged");
    }
    return faults;
  }

  /** Prints the table, and what is wrong. */
  void print(PrintStream out) {
    out.printf("%nscans answered %d%n%n", scans);
    row(out, "kind", "expected", "told", "missing", "twice", "unexpected");
    for (DayJudgement.Line line : judgement.lines()) {
      if (line.expected() > 0 || !line.isGood()) {
        row(
            out,
            line.kind().template(),
            line.expected(),
            line.told().size(),
            line.missing().size(),
            line.twice().size(),
            line.unexpected().size());
      }
    }
    out.println();
    if (judgement.withdrawn() > 0) {
      out.printf("withdrawn before they were sent: %d%n", judgement.withdrawn());
    }
    views.forEach(view -> out.printf("%s: %s%n", view.what(), view.shown()));
    List<String> faults = faults();
    out.println();
    out.println(faults.isEmpty() ? "Every family was told what it had to be, once." : "NOT GOOD:");
    faults.forEach(fault -> out.println("  " + fault));
  }

  private static void row(PrintStream out, String kind, Object... columns) {
    out.printf(
        Locale.ROOT,
        "%-24s %8s %7s %8s %6s %11s%n",
        Stream.concat(Stream.of(kind), Stream.of(columns)).toArray());
  }

  private static void add(List<String> faults, String what, Stream<String> all) {
    List<String> each = all.toList();
    each.stream().limit(MOST_LISTED).forEach(fault -> faults.add(what + ": " + fault));
    if (each.size() > MOST_LISTED) {
      faults.add(what + ": and " + (each.size() - MOST_LISTED) + " more");
    }
  }

  private static String label(Told message) {
    return "%s %s, message %s"
        .formatted(message.address().channel(), MessageKind.of(message).template(), message.id());
  }
}
