package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What today is compared with.
 *
 * @param stood empty when no pupil came within the two weeks before
 */
public record PreviousDay(Optional<Stood> stood) {

  /** The counts of a date by what had occurred until then. */
  public record Stood(LocalDate date, Instant at, DayView.Counts totals) {}

  /** As the contract states it. */
  public JsonObject toJson() {
    return stood
        .map(
            day ->
                new JsonObject()
                    .put("date", day.date().toString())
                    .put("at", day.at().toString())
                    .put("totals", day.totals().toJson()))
        .orElseGet(JsonObject::new);
  }
}
