package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import porteria.absence.AbsenceDesk;
import porteria.absence.AbsencePage;
import porteria.absence.AbsenceQuery;
import porteria.absence.AbsenceRequest;
import porteria.absence.AbsenceStatus;
import porteria.absence.AbsenceType;
import porteria.absence.AbsenceWish;
import porteria.absence.Absences;
import porteria.absence.Attachments;
import porteria.http.door.Cursors;
import porteria.identity.StaffSession;

/** What staff do with requests for absence. */
final class AbsenceOperations {

  private static final int PAGE = 50;

  private final AbsenceDesk desk;
  private final Attachments attachments;

  AbsenceOperations(Absences absences) {
    this.desk = absences.desk();
    this.attachments = absences.attachments();
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "listAbsences", this::list,
        "approveAbsence", this::approve,
        "rejectAbsence", this::reject,
        "excuseStudent", this::excuse,
        "revokeAbsence", this::revoke,
        "viewAbsenceAttachment", this::view);
  }

  private Future<Answer> list(Call call) {
    return desk.list(call.staff().schoolId(), query(call))
        .map(page -> answer(page, AbsenceOperations::json));
  }

  private Future<Answer> approve(Call call) {
    StaffSession staff = call.staff();
    return desk.approve(
            staff.schoolId(),
            call.pathId("id"),
            staff.staffId(),
            Optional.ofNullable(call.body().getString("reason")),
            call.actor())
        .map(request -> Answer.ok(json(request)));
  }

  private Future<Answer> reject(Call call) {
    StaffSession staff = call.staff();
    return desk.reject(
            staff.schoolId(),
            call.pathId("id"),
            staff.staffId(),
            call.body().getString("reason"),
            call.actor())
        .map(request -> Answer.ok(json(request)));
  }

  private Future<Answer> excuse(Call call) {
    StaffSession staff = call.staff();
    return desk.excuse(staff.schoolId(), wish(call.body()), staff.staffId(), call.actor())
        .map(request -> Answer.of(201, json(request)));
  }

  private Future<Answer> revoke(Call call) {
    StaffSession staff = call.staff();
    return desk.revoke(staff.schoolId(), call.pathId("id"), staff.staffId(), call.actor())
        .map(request -> Answer.ok(json(request)));
  }

  /** What a body asks for. */
  static AbsenceWish wish(JsonObject body) {
    return new AbsenceWish(
        RosterOperations.id(body, "student_id"),
        AbsenceType.valueOf(body.getString("type")),
        Times.date("/from", body.getString("from")),
        Times.date("/to", body.getString("to")),
        Optional.ofNullable(body.getString("note")));
  }

  private Future<Answer> view(Call call) {
    return attachments
        .view(call.staff().schoolId(), call.pathId("id"), call.actor())
        .map(PhotoOperations::answer);
  }

  /** Which requests a call asks for. */
  static AbsenceQuery query(Call call) {
    return new AbsenceQuery(
        call.query("status").map(AbsenceStatus::valueOf),
        call.queryId("student_id"),
        call.query("from").map(text -> Times.date("from", text)),
        call.query("to").map(text -> Times.date("to", text)),
        call.query("cursor").map(Cursors::id),
        call.queryInteger("limit", PAGE));
  }

  static Answer answer(AbsencePage page, Function<AbsenceRequest, JsonObject> json) {
    return Answer.ok(
        new JsonObject()
            .put("items", new JsonArray(page.items().stream().map(json).toList()))
            .put("next_cursor", page.next().map(Cursors::text).orElse(null)));
  }

  /** What everybody may know who may know of the request at all. */
  static JsonObject outline(AbsenceRequest request) {
    JsonObject json =
        new JsonObject()
            .put("id", request.id().toString())
            .put("student", person(request.student()))
            .put("type", request.wish().type().name())
            .put("from", request.wish().from().toString())
            .put("to", request.wish().to().toString())
            .put("status", request.status().name())
            .put("submitted_at", request.submittedAt().toString());
    request.resolution().ifPresent(end -> json.put("resolved_at", end.at().toString()));
    return json;
  }

  /** Adds what is between the guardian who asked and the school. */
  static JsonObject withWords(JsonObject json, AbsenceRequest request) {
    json.put("attached", request.attached());
    request.wish().note().ifPresent(note -> json.put("note", note));
    request
        .resolution()
        .flatMap(AbsenceRequest.Resolution::reason)
        .ifPresent(reason -> json.put("reason", reason));
    return json;
  }

  private static JsonObject json(AbsenceRequest request) {
    JsonObject json =
        withWords(outline(request), request)
            .put(
                "course",
                new JsonObject()
                    .put("id", request.course().id().toString())
                    .put("name", request.course().name()));
    request.guardian().ifPresent(guardian -> json.put("guardian", person(guardian)));
    request
        .resolution()
        .flatMap(AbsenceRequest.Resolution::by)
        .ifPresent(name -> json.put("resolved_by", name));
    return json;
  }

  private static JsonObject person(AbsenceRequest.Named person) {
    return new JsonObject().put("id", person.id().toString()).put("full_name", person.name());
  }
}
