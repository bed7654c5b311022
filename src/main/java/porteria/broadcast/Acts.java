package porteria.broadcast;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.BroadcastView;
import porteria.bus.ByStaff;

/** Writes down and counts what staff do with broadcasts. */
final class Acts {

  private final AuditTrail trail;
  private final BroadcastMeters meters;

  Acts(AuditTrail trail, BroadcastMeters meters) {
    this.trail = trail;
    this.meters = meters;
  }

  /**
   * Writes an act into the trail, within its transaction.
   *
   * @param act what was done, in the past tense
   */
  Future<Void> note(SqlConnection connection, ByStaff by, String act, JsonObject said, UUID id) {
    meters.act(act);
    return trail.append(
        connection,
        new AuditEntry(
            by.schoolId(),
            AuditActor.staff(by.staffId(), by.role(), by.ip()),
            "broadcast." + act,
            "broadcast",
            id.toString(),
            Optional.empty(),
            Optional.of(said)));
  }

  /** What the trail says of a broadcast. */
  static JsonObject said(BroadcastView one) {
    JsonObject said =
        new JsonObject()
            .put("type", one.type().name())
            .put("scope", one.courseId().isPresent() ? "COURSE" : "GLOBAL");
    one.courseId().ifPresent(course -> said.put("course_id", course.toString()));
    one.exceptionId().ifPresent(exception -> said.put("exception_id", exception.toString()));
    one.corrects().ifPresent(mistake -> said.put("corrects", mistake.toString()));
    for (String what : List.of("day", "reason", "subject")) {
      Optional.ofNullable(one.facts().getString(what)).ifPresent(words -> said.put(what, words));
    }
    return said;
  }
}
