package porteria.embedded.morning;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The judgement on a morning.
 *
 * @param counts of scans by their answers
 * @param retries attempts beyond the first
 * @param answerTimes how long kiosks waited for an answer
 * @param owed how many messages families had to get
 * @param matching what they got
 * @param photos that kiosks were let keep, and kept
 * @param mistakes wrong answers, and what kept the morning from being judged
 */
record Report(
    Ledger.Counts counts,
    int retries,
    Delays answerTimes,
    int owed,
    Matching matching,
    Photos.Counts photos,
    List<String> mistakes) {
  private static final Duration MOST_P50 = Duration.ofSeconds(1);
  private static final Duration MOST_P99 = Duration.ofSeconds(5);
  private static final int MOST_LISTED = 10;

  /** Whether all is as it must be. */
  boolean isGood() {
    return faults().isEmpty();
  }

  /** What is wrong, one line each, the like together. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    add(faults, "wrong answers", mistakes);
    add(faults, "missing", matching.missing().stream().map(Report::label).toList());
    add(faults, "told twice", matching.twice().stream().map(Report::label).toList());
    add(faults, "unexpected", matching.unexpected().stream().map(Report::label).toList());
    if (photos.kept() < photos.offered()) {
      faults.add("photos not kept: %d".formatted(photos.offered() - photos.kept()));
    }
    if (owed == 0) {
      faults.add("nobody had to be told anything, so nothing was measured");
    }
    Delays delays = new Delays(matching.delays());
    addLimit(faults, "p50", delays.percentile(50), MOST_P50);
    addLimit(faults, "p99", delays.percentile(99), MOST_P99);
    return faults;
  }

  /** Prints the table, and what is wrong. */
  void print(PrintStream out) {
    row(out, "scans sent", counts.sent() + " (" + retries + " sent again)");
    row(out, "  accepted", counts.accepted() + " (" + counts.repeated() + " repeats)");
    row(out, "  duplicates", String.valueOf(counts.duplicates()));
    new TreeMap<>(counts.rejected())
        .forEach((reason, times) -> row(out, "  rejected " + reason, String.valueOf(times)));
    row(out, "  conflicts", String.valueOf(counts.conflicts()));
    row(out, "  invalid", String.valueOf(counts.invalid()));
    row(out, "  answered after", answerTimes.summary());
    row(out, "photos kept", photos.kept() + " of " + photos.offered());
    row(out, "messages expected", String.valueOf(owed));
    row(out, "  told", String.valueOf(matching.delays().size()));
    row(out, "  missing", String.valueOf(matching.missing().size()));
    row(out, "  twice", String.valueOf(matching.twice().size()));
    row(out, "  unexpected", String.valueOf(matching.unexpected().size()));
    row(out, "  others, not judged", String.valueOf(matching.others()));
    row(out, "scan to inbox", new Delays(matching.delays()).summary());
    List<String> faults = faults();
    out.println();
    out.println(faults.isEmpty() ? "All families were told, once, in time." : "NOT GOOD:");
    faults.forEach(fault -> out.println("  " + fault));
  }

  private static void row(PrintStream out, String name, String value) {
    out.printf(Locale.ROOT, "%-26s %s%n", name, value);
  }

  private static void add(List<String> faults, String kind, List<String> all) {
    all.stream().limit(MOST_LISTED).forEach(each -> faults.add(kind + ": " + each));
    if (all.size() > MOST_LISTED) {
      faults.add(kind + ": and " + (all.size() - MOST_LISTED) + " more");
    }
  }

  private static void addLimit(
      List<String> faults, String name, Duration measured, Duration limit) {
    if (measured.compareTo(limit) > 0) {
      faults.add(
          "scan to inbox: %s is %d ms, more than %d ms"
              .formatted(name, measured.toMillis(), limit.toMillis()));
    }
  }

  private static String label(Obligation missing) {
    return "%s %s of scan %s at %s"
        .formatted(
            missing.address().channel(),
            missing.type(),
            missing.label(),
            String.join("/", missing.times()));
  }

  private static String label(Told message) {
    return "%s %s, message %s received at %s"
        .formatted(
            message.address().channel(), message.about(), message.id(), message.receivedAt());
  }
}
