package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import porteria.roster.Erasure;
import porteria.roster.Student;
import porteria.roster.StudentDraft;
import porteria.roster.StudentQuery;
import porteria.roster.StudentRecords;

/** The pupils of a school. */
final class StudentOperations {

  private static final String ACTIVE = "ACTIVE";
  private static final String INACTIVE = "INACTIVE";

  private final StudentRecords students;
  private final Erasure erasure;

  StudentOperations(StudentRecords students, Erasure erasure) {
    this.students = students;
    this.erasure = erasure;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "listStudents", this::list,
        "findStudent", this::find,
        "createStudent", this::create,
        "changeStudent", this::change,
        "eraseStudent", this::erase);
  }

  private Future<Answer> list(Call call) {
    StudentQuery query =
        new StudentQuery(
            call.query("q"), call.queryId("course_id"), call.query("status").map(ACTIVE::equals));
    return students
        .list(call.staff().schoolId(), query, RosterOperations.place(call))
        .map(page -> RosterOperations.page(page, StudentOperations::json));
  }

  private Future<Answer> find(Call call) {
    return students
        .find(call.staff().schoolId(), call.pathId("id"))
        .map(student -> Answer.ok(json(student)));
  }

  private Future<Answer> create(Call call) {
    return students
        .create(call.staff().schoolId(), draft(call.body()), call.actor())
        .map(student -> Answer.of(201, json(student)));
  }

  private Future<Answer> change(Call call) {
    return students
        .change(call.staff().schoolId(), call.pathId("id"), draft(call.body()), call.actor())
        .map(student -> Answer.ok(json(student)));
  }

  private Future<Answer> erase(Call call) {
    UUID id = call.pathId("id");
    return erasure
        .student(call.staff().schoolId(), id, reason(call), call.actor())
        .map(at -> erased(id, at));
  }

  static Erasure.Reason reason(Call call) {
    return Erasure.Reason.valueOf(call.body().getString("reason"));
  }

  static Answer erased(UUID id, Instant at) {
    return Answer.ok(new JsonObject().put("id", id.toString()).put("erased_at", at.toString()));
  }

  private static StudentDraft draft(JsonObject body) {
    return new StudentDraft(
        body.getString("student_number"),
        body.getString("full_name"),
        RosterOperations.id(body, "course_id"),
        body.getString("status", ACTIVE).equals(ACTIVE),
        RosterOperations.ids(body, "guardian_ids"));
  }

  private static JsonObject json(Student student) {
    JsonObject json =
        new JsonObject()
            .put("id", student.id().toString())
            .put("student_number", student.number().orElse(null))
            .put("full_name", student.fullName())
            .put(
                "course",
                new JsonObject()
                    .put("id", student.courseId().toString())
                    .put("name", student.course()))
            .put("status", student.inactiveSince().isEmpty() ? ACTIVE : INACTIVE)
            .put("guardian_ids", RosterOperations.texts(student.guardianIds()));
    student.inactiveSince().ifPresent(since -> json.put("inactive_since", since.toString()));
    return json;
  }
}
