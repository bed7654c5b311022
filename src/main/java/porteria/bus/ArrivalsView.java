package porteria.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How pupils came in on a day, beside a usual one.
 *
 * @param arrivals minutes in which somebody came in, in order; empty while nobody has
 * @param usual empty while too few days are known
 */
public record ArrivalsView(
    LocalDate date, ZoneId zone, List<Minute> arrivals, Optional<Usual> usual) {

  /**
   * A minute by the school's clock.
   *
   * @param total pupils who had come in by the end of it; each counts at their first entry
   */
  public record Minute(LocalTime at, int total) {

    private JsonObject toJson() {
      return new JsonObject().put("at", at.toString()).put("total", total);
    }
  }

  /**
   * The same weekday of the weeks before: of each minute the median of their totals.
   *
   * @param days how many of them are known
   */
  public record Usual(int days, List<Minute> arrivals) {

    private JsonObject toJson() {
      return new JsonObject().put("days", days).put("arrivals", json(arrivals));
    }
  }

  /** As the contract states it. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("date", date.toString())
            .put("timezone", zone.getId())
            .put("arrivals", json(arrivals));
    usual.ifPresent(known -> json.put("usual", known.toJson()));
    return json;
  }

  private static JsonArray json(List<Minute> minutes) {
    return new JsonArray(minutes.stream().map(Minute::toJson).toList());
  }
}
