package porteria.embedded.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What became of a broadcast that was left alone, and of one whose server was killed.
 *
 * @param people who were to be told by each
 * @param perSecond messages that the account was allowed
 */
record BroadcastResult(int people, int perSecond, Undisturbed undisturbed, Killed killed) {

  private static final double MOST_BEYOND_IDEAL = 0.03;
  private static final double MOST_OF_ALERTS_WITHOUT = 1.2;

  /** A server that gathers what it sends would need more. */
  private static final double MOST_MIB = 512;

  /**
   * The broadcast that was left alone.
   *
   * @param preview seconds until it was frozen and shown
   * @param without milliseconds from scan to alert, in any order, while there was no broadcast
   * @param with the same during it
   */
  record Undisturbed(
      double preview,
      Pace pace,
      List<Double> without,
      List<Double> with,
      Memory memory,
      Reach reach) {

    Undisturbed {
      without = without.stream().sorted().toList();
      with = with.stream().sorted().toList();
    }

    boolean isExact() {
      return reach.isComplete() && reach.twice() == 0;
    }

    double slowdown() {
      return rank(with, 99) / rank(without, 99);
    }
  }

  /**
   * How long it took.
   *
   * @param seconds from its sending to its last message's arrival
   * @param ideal seconds that the allowance gives it and the alerts that arrived meanwhile
   * @param alerts that did
   * @param arrivals messages of all kinds in each second since
   */
  record Pace(double seconds, double ideal, long alerts, List<Long> arrivals) {

    double beyond() {
      return seconds / ideal - 1;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%.2f s, ideal %.2f s with %d alerts", seconds, ideal, alerts);
    }
  }

  /** MiB that the server held: medians without and with the broadcast, and its peak. */
  record Memory(double without, double with, double peak) {}

  /**
   * Whom messages reached, by address.
   *
   * @param missed to whom none went
   * @param twice to whom more than one went
   * @param strangers who were not frozen
   */
  record Reach(int missed, int twice, int strangers) {

    static Reach of(Set<String> wanted, List<SimulatorInbox.Letter> letters) {
      Map<String, Integer> told = new HashMap<>();
      letters.stream()
          .filter(SimulatorInbox.Letter::ofBroadcast)
          .forEach(letter -> told.merge(letter.to(), 1, Integer::sum));
      return new Reach(
          (int) wanted.stream().filter(to -> !told.containsKey(to)).count(),
          (int) told.values().stream().filter(times -> times > 1).count(),
          (int) told.keySet().stream().filter(to -> !wanted.contains(to)).count());
    }

    boolean isComplete() {
      return missed == 0 && strangers == 0;
    }

    JsonObject toJson() {
      return new JsonObject().put("missed", missed).put("twice", twice).put("strangers", strangers);
    }
  }

  /**
   * The broadcast whose server was killed.
   *
   * @param before told when it was killed
   * @param inDoubt messages of which nobody knew then whether they had been taken
   * @param doubted of those, the ones that were sent again
   */
  record Killed(int before, int inDoubt, int doubted, Reach reach) {

    /** Whether nobody was told twice but of whom nobody knew. */
    boolean isGood() {
      return reach.isComplete() && reach.twice() <= doubted;
    }
  }

  boolean isGood() {
    return undisturbed.pace.beyond() <= MOST_BEYOND_IDEAL
        && undisturbed.slowdown() <= MOST_OF_ALERTS_WITHOUT
        && undisturbed.memory.peak <= MOST_MIB
        && undisturbed.isExact()
        && killed.isGood();
  }

  String toMarkdown() {
    Undisturbed one = undisturbed;
    return """
        | a broadcast to %,d at %d messages/s | measured | limit | |
        |---|---|---|---|
        """
            .formatted(people, perSecond)
        + row(
            "longer than its messages and the alerts beside it take",
            "%.1f %% (%s)".formatted(one.pace.beyond() * 100, one.pace),
            "%.0f %%".formatted(MOST_BEYOND_IDEAL * 100),
            one.pace.beyond() <= MOST_BEYOND_IDEAL)
        + row(
            "p99 from scan to phone, %d scans/s".formatted(BroadcastBench.SCANS_A_SECOND),
            "%.2f × without (%.0f / %.0f ms; p50 %.0f / %.0f ms)"
                .formatted(
                    one.slowdown(),
                    rank(one.with, 99),
                    rank(one.without, 99),
                    rank(one.with, 50),
                    rank(one.without, 50)),
            "%.1f ×".formatted(MOST_OF_ALERTS_WITHOUT),
            one.slowdown() <= MOST_OF_ALERTS_WITHOUT)
        + row(
            "memory of the server",
            "peak %.0f MiB (median %.0f, without %.0f)"
                .formatted(one.memory.peak, one.memory.with, one.memory.without),
            "%.0f MiB".formatted(MOST_MIB),
            one.memory.peak <= MOST_MIB)
        + row("missed, told twice", reached(one.reach), "0, 0", one.isExact())
        + row(
            "killed after %,d: missed, told twice".formatted(killed.before),
            reached(killed.reach),
            "0, in doubt: %d".formatted(killed.inDoubt),
            killed.isGood())
        + "%nFrozen and shown in %.1f s.%n".formatted(one.preview);
  }

  JsonObject toJson() {
    Undisturbed one = undisturbed;
    return new JsonObject()
        .put("people", people)
        .put("per_second", perSecond)
        .put("reached", isGood())
        .put("preview_seconds", one.preview)
        .put("seconds", one.pace.seconds)
        .put("arrivals_in_each_second", new JsonArray(one.pace.arrivals))
        .put("ideal_seconds", one.pace.ideal)
        .put("beyond_ideal", one.pace.beyond())
        .put("beyond_ideal_limit", MOST_BEYOND_IDEAL)
        .put("alerts_p50_ms", rank(one.with, 50))
        .put("alerts_p99_ms", rank(one.with, 99))
        .put("alerts_p50_ms_without", rank(one.without, 50))
        .put("alerts_p99_ms_without", rank(one.without, 99))
        .put("alerts_p99_ratio", one.slowdown())
        .put("alerts_p99_ratio_limit", MOST_OF_ALERTS_WITHOUT)
        .put("rss_mib_without", one.memory.without)
        .put("rss_mib", one.memory.with)
        .put("rss_mib_peak", one.memory.peak)
        .put("rss_mib_limit", MOST_MIB)
        .put("undisturbed", one.reach.toJson())
        .put("killed_after", killed.before)
        .put("killed_in_doubt", killed.inDoubt)
        .put("killed", killed.reach.toJson());
  }

  private static String reached(Reach reach) {
    String others = reach.strangers == 0 ? "" : ", strangers told: " + reach.strangers;
    return "%d, %d%s".formatted(reach.missed, reach.twice, others);
  }

  private static String row(String what, String measured, String limit, boolean reached) {
    return "| %s | %s | %s | %s |%n"
        .formatted(what, measured, limit, reached ? "reached" : "MISSED");
  }

  /** By nearest rank. */
  private static double rank(List<Double> sorted, double percent) {
    return sorted.get((int) Math.ceil(percent / 100 * sorted.size()) - 1);
  }
}
