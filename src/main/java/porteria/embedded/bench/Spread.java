package porteria.embedded.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** A median between its extremes. */
record Spread(double least, double median, double most) {

  static Spread of(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }

  String print(String format) {
    return String.format(
        Locale.ROOT, format + " (" + format + "–" + format + ")", median, least, most);
  }

  JsonObject toJson() {
    return new JsonObject().put("median", median).put("min", least).put("max", most);
  }
}
