package porteria.embedded.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the rounds say.
 *
 * @param machine what was measured on what
 * @param measured each contender's turns, in the order of the rounds
 */
record Comparison(
    String machine, List<Contender> contenders, Map<String, List<Measurement>> measured) {

  private static final List<Limit> LIMITS =
      List.of(new Limit("A", 1.2), new Limit("A0", 0), new Limit("A1", 4.0));

  /** Ours over another, at least; 0 when it is there to be known. */
  private record Limit(String other, double least) {

    String judged(Spread ratio) {
      if (least == 0) {
        return "";
      }
      return String.format(
          Locale.ROOT, ", limit %.1f: %s", least, ratio.median() >= least ? "reached" : "MISSED");
    }
  }

  boolean isGood() {
    return LIMITS.stream().allMatch(limit -> ratio(limit.other).median() >= limit.least);
  }

  /** The table, what its rows are, and whether the limits are reached. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder(2_000);
    text.append(machine).append("\n\n");
    text.append("| | scans/s | answer, ms | scans a commit | CPU a scan, µs: server | PostgreSQL");
    text.append(" | load generator |\n|---|---|---|---|---|---|---|\n");
    contenders.forEach(contender -> text.append(line(contender)));
    text.append("\nMedians of ").append(rounds()).append(" rounds (least–most).\n\n");
    for (Contender contender : contenders) {
      text.append("- **").append(contender.name()).append("**: ").append(contender.sentence());
      text.append('\n');
    }
    text.append('\n');
    for (Limit limit : LIMITS) {
      Spread ratio = ratio(limit.other);
      text.append("ours / ").append(limit.other).append(" = ").append(ratio.print("%.2f"));
      text.append(limit.judged(ratio)).append('\n');
    }
    return text.toString();
  }

  JsonObject toJson() {
    JsonObject turns = new JsonObject();
    measured.forEach(
        (name, all) ->
            turns.put(name, new JsonArray(all.stream().map(Measurement::toJson).toList())));
    JsonObject ratios = new JsonObject();
    LIMITS.forEach(
        limit ->
            ratios.put(
                "ours/" + limit.other, ratio(limit.other).toJson().put("limit", limit.least)));
    return new JsonObject()
        .put("machine", machine)
        .put("ratios", ratios)
        .put("reached", isGood())
        .put("rounds", turns);
  }

  private String line(Contender contender) {
    List<Measurement> turns = turns(contender.name());
    return "| %s | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            contender.name(),
            spread(turns, Measurement::rowsPerSecond).print("%,.0f"),
            answer(turns),
            spread(turns, Measurement::rowsPerCommit).print("%.1f"),
            spread(turns, turn -> turn.cpu().server()).print("%.0f"),
            spread(turns, turn -> turn.cpu().postgres()).print("%.0f"),
            spread(turns, turn -> turn.cpu().generator()).print("%.0f"));
  }

  private static String answer(List<Measurement> turns) {
    return turns.getFirst().load().millis().keySet().stream()
        .sorted()
        .map(
            what ->
                what
                    + " "
                    + spread(turns, turn -> turn.load().millis().getOrDefault(what, 0.0))
                        .print("%.1f"))
        .reduce((one, other) -> one + ", " + other)
        .orElse("–");
  }

  private Spread ratio(String other) {
    List<Measurement> ours = turns("ours");
    List<Measurement> theirs = turns(other);
    return Spread.of(
        IntStream.range(0, ours.size())
            .mapToDouble(
                round -> ours.get(round).rowsPerSecond() / theirs.get(round).rowsPerSecond())
            .boxed()
            .toList());
  }

  private static Spread spread(List<Measurement> turns, ToDoubleFunction<Measurement> value) {
    return Spread.of(turns.stream().mapToDouble(value).boxed().toList());
  }

  private List<Measurement> turns(String name) {
    return measured.getOrDefault(name, List.of());
  }

  private int rounds() {
    return turns("ours").size();
  }
}
