package porteria.embedded.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How long each way of finding the missing took.
 *
 * @param millis by way, in the order of the rounds
 * @param mostOverBare our time may be as much of the bare statement's
 * @param leastUnderOneByOne the time of a query for each pupil must be as much of ours
 */
record NoShowResult(
    Map<String, List<Double>> millis, double mostOverBare, double leastUnderOneByOne) {

  boolean isGood() {
    return overBare().median() <= mostOverBare && underOneByOne().median() >= leastUnderOneByOne;
  }

  String toMarkdown() {
    StringBuilder text = new StringBuilder(600);
    text.append(
        "| finding %,d missing of %,d pupils | ms |%n|---|---|%n"
            .formatted(NoShowBench.MISSING, NoShowBench.PUPILS));
    millis.forEach(
        (way, taken) ->
            text.append("| %s | %s |%n".formatted(way, Spread.of(taken).print("%.0f"))));
    text.append(
        "%nours / bare = %s, limit %.0f: %s%none by one / ours = %s, limit %.0f: %s%n"
            .formatted(
                overBare().print("%.2f"),
                mostOverBare,
                overBare().median() <= mostOverBare ? "reached" : "MISSED",
                underOneByOne().print("%.0f"),
                leastUnderOneByOne,
                underOneByOne().median() >= leastUnderOneByOne ? "reached" : "MISSED"));
    return text.toString();
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    millis.forEach((way, taken) -> json.put(way, new JsonArray(taken)));
    return json;
  }

  private Spread overBare() {
    return ratio("ours", "bare");
  }

  private Spread underOneByOne() {
    return ratio("one by one", "ours");
  }

  private Spread ratio(String one, String other) {
    List<Double> above = Objects.requireNonNull(millis.get(one));
    List<Double> below = Objects.requireNonNull(millis.get(other));
    return Spread.of(
        IntStream.range(0, above.size())
            .mapToObj(round -> above.get(round) / below.get(round))
            .toList());
  }
}
