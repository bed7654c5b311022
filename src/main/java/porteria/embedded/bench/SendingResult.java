package porteria.embedded.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How fast the outbox was drained, and how long after scans the provider had their messages.
 *
 * @param rounds in their order
 */
record SendingResult(List<Round> rounds) {

  private static final double LEAST_OF_BARE = 0.5;
  private static final double MOST_P50_MILLIS = 20;
  private static final double MOST_P99_MILLIS = 100;

  /**
   * What one round says.
   *
   * @param delays from a scan to its message, in milliseconds, in any order
   */
  record Round(Drain bare, Drain ours, List<Double> delays) {

    Round {
      delays = delays.stream().sorted().toList();
    }

    double share() {
      return ours.rowsPerSecond() / bare.rowsPerSecond();
    }

    /** By nearest rank. */
    double delay(double percent) {
      return delays.get((int) Math.ceil(percent / 100 * delays.size()) - 1);
    }
  }

  /** A full outbox emptied. */
  record Drain(double seconds, Cpu cpu) {

    double rowsPerSecond() {
      return FullOutbox.MESSAGES / seconds;
    }

    JsonObject toJson() {
      return new JsonObject()
          .put("seconds", seconds)
          .put("rows_per_second", rowsPerSecond())
          .put(
              "cpu_us_per_row",
              new JsonObject()
                  .put("server", cpu.server)
                  .put("postgres", cpu.postgres)
                  .put("provider", cpu.provider));
    }
  }

  /** Processor time, in micro-seconds a message. */
  record Cpu(double server, double postgres, double provider) {

    /** From the seconds that processes have used. */
    static Cpu ofSeconds(double server, double postgres, double provider) {
      double share = 1e6 / FullOutbox.MESSAGES;
      return new Cpu(server * share, postgres * share, provider * share);
    }

    Cpu since(Cpu before) {
      return new Cpu(
          server - before.server, postgres - before.postgres, provider - before.provider);
    }
  }

  boolean isGood() {
    return share().median() >= LEAST_OF_BARE
        && delay(50).median() <= MOST_P50_MILLIS
        && delay(99).median() <= MOST_P99_MILLIS;
  }

  String toMarkdown() {
    return """
        | sending %,d queued messages | messages/s | CPU a message, µs: server | PostgreSQL | provider |
        |---|---|---|---|---|
        %s%s
        ours / pgbench = %s, limit %.1f: %s

        | from a scan to the provider, %d scans/s | ms |
        |---|---|
        | p50 | %s |
        | p99 | %s |

        p50 limit %.0f ms: %s
        p99 limit %.0f ms: %s
        """
        .formatted(
            FullOutbox.MESSAGES,
            line("pgbench", Round::bare),
            line("ours", Round::ours),
            share().print("%.2f"),
            LEAST_OF_BARE,
            judged(share().median() >= LEAST_OF_BARE),
            SteadyScans.A_SECOND,
            delay(50).print("%.1f"),
            delay(99).print("%.1f"),
            MOST_P50_MILLIS,
            judged(delay(50).median() <= MOST_P50_MILLIS),
            MOST_P99_MILLIS,
            judged(delay(99).median() <= MOST_P99_MILLIS));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("ours/pgbench", share().toJson().put("limit", LEAST_OF_BARE))
        .put("scan_to_provider_p50_ms", delay(50).toJson().put("limit", MOST_P50_MILLIS))
        .put("scan_to_provider_p99_ms", delay(99).toJson().put("limit", MOST_P99_MILLIS))
        .put("reached", isGood())
        .put("pgbench", drains(Round::bare))
        .put("ours", drains(Round::ours));
  }

  private String line(String name, Function<Round, Drain> of) {
    return "| %s | %s | %s | %s | %s |%n"
        .formatted(
            name,
            spread(round -> of.apply(round).rowsPerSecond()).print("%,.0f"),
            spread(round -> of.apply(round).cpu().server()).print("%.0f"),
            spread(round -> of.apply(round).cpu().postgres()).print("%.0f"),
            spread(round -> of.apply(round).cpu().provider()).print("%.0f"));
  }

  private JsonArray drains(Function<Round, Drain> of) {
    return new JsonArray(rounds.stream().map(round -> of.apply(round).toJson()).toList());
  }

  private Spread share() {
    return spread(Round::share);
  }

  private Spread delay(double percent) {
    return spread(round -> round.delay(percent));
  }

  private Spread spread(ToDoubleFunction<Round> value) {
    return Spread.of(rounds.stream().mapToDouble(value).boxed().toList());
  }

  private static String judged(boolean reached) {
    return reached ? "reached" : "MISSED";
  }
}
