package porteria.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Pupils whose course has begun, who have not entered and are not excused: by course, then by name.
 *
 * @param next the pupil shown last, after whom the next page begins; empty on the last page
 */
public record MissingPage(LocalDate date, List<Pupil> items, Optional<UUID> next) {

  public MissingPage {
    items = List.copyOf(items);
  }

  /**
   * Who is missing.
   *
   * @param inTime when the course began
   * @param pending a request of the family that waits for an answer
   */
  public record Pupil(
      UUID id,
      String name,
      UUID courseId,
      String course,
      LocalTime inTime,
      List<Guardian> guardians,
      Alarm alarm,
      Optional<UUID> pending) {

    /** The name stays out of logs. */
    @Override
    public String toString() {
      return "Pupil[" + id + "]";
    }

    private JsonObject toJson() {
      JsonObject json =
          new JsonObject()
              .put("student", new JsonObject().put("id", id.toString()).put("full_name", name))
              .put("course", new JsonObject().put("id", courseId.toString()).put("name", course))
              .put("in_time", inTime.toString())
              .put("guardians", new JsonArray(guardians.stream().map(Guardian::toJson).toList()))
              .put("alarm", alarm.toJson());
      pending.ifPresent(request -> json.put("pending_absence_id", request.toString()));
      return json;
    }
  }

  /** Whom to call. */
  public record Guardian(String name, Optional<String> phone) {

    /** Neither name nor phone goes into logs. */
    @Override
    public String toString() {
      return "Guardian";
    }

    private JsonObject toJson() {
      JsonObject json = new JsonObject().put("full_name", name);
      phone.ifPresent(number -> json.put("phone", number));
      return json;
    }
  }

  /**
   * How far the alarm has come.
   *
   * @param raisedAt empty unless it was raised
   */
  public record Alarm(AlarmState state, Optional<Instant> raisedAt) {

    private JsonObject toJson() {
      JsonObject json = new JsonObject().put("state", state.name());
      raisedAt.ifPresent(at -> json.put("raised_at", at.toString()));
      return json;
    }
  }

  /** The furthest that any message of an alarm has come. */
  public enum AlarmState {
    /** Nobody is alarmed, or not yet. */
    NONE,
    /** It waits for a gate. */
    HELD,
    /** It is on its way. */
    QUEUED,
    /** It waits for a pause of sending to end. */
    PARKED,
    SENT,
    DELIVERED,
    READ,
    /** No message came through. */
    FAILED,
    /** No guardian wants to hear of it, or none has an address. */
    UNWANTED
  }

  /** The list as the contract states it, with a cursor that names the last pupil. */
  public JsonObject toJson(Optional<String> cursor) {
    return new JsonObject()
        .put("date", date.toString())
        .put("items", new JsonArray(items.stream().map(Pupil::toJson).toList()))
        .put("next_cursor", cursor.orElse(null));
  }
}
