package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import porteria.absence.AbsenceRequest;
import porteria.absence.Absences;
import porteria.absence.Attachments;
import porteria.absence.FamilyAbsences;
import porteria.identity.ParentSession;

/** What guardians do with requests for absence of their own children. */
final class FamilyAbsenceOperations {

  private final FamilyAbsences absences;
  private final Attachments attachments;

  FamilyAbsenceOperations(Absences absences) {
    this.absences = absences.families();
    this.attachments = absences.attachments();
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "submitAbsence", this::submit,
        "listOwnAbsences", this::list,
        "withdrawAbsence", this::withdraw,
        "attachToAbsence", this::beginAttachment,
        "completeAbsenceAttachment", this::completeAttachment);
  }

  private Future<Answer> submit(Call call) {
    ParentSession parent = call.parent();
    return absences
        .submit(
            parent.schoolId(),
            parent.guardianId(),
            AbsenceOperations.wish(call.body()),
            call.actor())
        .map(request -> Answer.of(201, json(parent, request)));
  }

  private Future<Answer> list(Call call) {
    ParentSession parent = call.parent();
    return absences
        .list(parent.schoolId(), parent.guardianId(), AbsenceOperations.query(call))
        .map(page -> AbsenceOperations.answer(page, request -> json(parent, request)));
  }

  private Future<Answer> withdraw(Call call) {
    ParentSession parent = call.parent();
    return absences
        .withdraw(parent.schoolId(), parent.guardianId(), call.pathId("id"), call.actor())
        .map(request -> Answer.ok(json(parent, request)));
  }

  private Future<Answer> beginAttachment(Call call) {
    ParentSession parent = call.parent();
    JsonObject body = call.body();
    return attachments
        .begin(
            parent.schoolId(),
            parent.guardianId(),
            call.pathId("id"),
            body.getString("content_type"),
            body.getInteger("content_length"))
        .map(PhotoOperations::answer);
  }

  private Future<Answer> completeAttachment(Call call) {
    ParentSession parent = call.parent();
    UUID id = call.pathId("id");
    return attachments
        .complete(parent.schoolId(), parent.guardianId(), id, call.actor())
        .map(at -> Answer.ok(new JsonObject().put("completed_at", at.toString())));
  }

  /** Of another guardian's request no words are told: they are between that one and the school. */
  private static JsonObject json(ParentSession parent, AbsenceRequest request) {
    boolean mine =
        request.guardian().filter(asked -> asked.id().equals(parent.guardianId())).isPresent();
    JsonObject json = AbsenceOperations.outline(request).put("mine", mine);
    return mine ? AbsenceOperations.withWords(json, request) : json;
  }
}
