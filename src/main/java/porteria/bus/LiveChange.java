package porteria.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;
import porteria.domain.ScanType;

/**
 * One committed change of a school's day.
 *
 * @param seq the school's number of it: without holes, in commit order; 0 in a list that is not
 *     live
 * @param id of the event or the rejection
 * @param student full name; empty for a refused scan
 */
public record LiveChange(
    UUID schoolId,
    long seq,
    Kind kind,
    UUID id,
    Optional<String> student,
    Optional<UUID> courseId,
    ScanType type,
    String gate,
    Instant occurredAt,
    List<ScanFlag> flags,
    Optional<RejectionReason> reason) {

  /**
   * The change as dashboards get it.
   *
   * @param course name of the pupil's course
   */
  public JsonObject toJson(Optional<String> course) {
    JsonArray names = new JsonArray();
    flags.forEach(flag -> names.add(flag.name()));
    JsonObject json =
        new JsonObject()
            .put("seq", seq)
            .put("kind", kind.name())
            .put("event_id", id.toString())
            .put("student", student.orElse(null))
            .put("course", course.orElse(null))
            .put("type", type.name())
            .put("gate", gate)
            .put("occurred_at", occurredAt.toString())
            .put("flags", names);
    reason.ifPresent(why -> json.put("reason", why.name()));
    return json;
  }

  /** What happened. */
  public enum Kind {
    EVENT,
    ANNULLED,
    REJECTED
  }
}
