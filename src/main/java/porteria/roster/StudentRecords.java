package porteria.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import porteria.audit.AuditActor;
import porteria.db.Database;
import porteria.outbox.Outbox;

/** The pupils of a school. Erased ones are no longer there. */
public final class StudentRecords {

  private final Database database;
  private final Acts acts;
  private final InstantSource clock;

  StudentRecords(Database database, Acts acts, InstantSource clock) {
    this.database = database;
    this.acts = acts;
    this.clock = clock;
  }

  /** Pupils by name. */
  public Future<Page<Student>> list(UUID school, StudentQuery query, Place place) {
    Tuple parameters =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(query.courseId().orElse(null))
            .addBoolean(query.active().orElse(null))
            .addString(query.text().orElse(null))
            .addUUID(place.after().orElse(null))
            .addInteger(place.limit() + 1);
    return database
        .inSchool(
            school, connection -> connection.preparedQuery(StudentSql.LIST).execute(parameters))
        .map(rows -> Page.of(rows, place.limit(), StudentRecords::student));
  }

  /** One pupil; fails with NOT_FOUND. */
  public Future<Student> find(UUID school, UUID id) {
    return database.inSchool(school, connection -> find(connection, StudentSql.FIND, school, id));
  }

  /**
   * Adds a pupil and enrols it for the school year that runs.
   *
   * @return as kept; fails with NOT_FOUND when the course or a guardian is not there, with CONFLICT
   *     when the number is another pupil's
   */
  public Future<Student> create(UUID school, StudentDraft draft, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            References.course(connection, school, draft.courseId())
                .compose(there -> References.guardians(connection, school, draft.guardianIds()))
                .compose(there -> insert(connection, school, draft))
                .compose(id -> settle(connection, school, id, draft))
                .compose(
                    student ->
                        acts.in(draft.courseId())
                            .append(connection, school, actor, "student.created", student.id())
                            .map(student)));
  }

  /**
   * Makes a pupil what the draft says. A new course is enrolled for the school year that runs.
   *
   * @return as kept; fails with NOT_FOUND when the pupil, the course or a guardian is not there,
   *     with CONFLICT when the number is another pupil's
   */
  public Future<Student> change(UUID school, UUID id, StudentDraft draft, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            find(connection, StudentSql.FIND_TO_CHANGE, school, id)
                .compose(before -> change(connection, school, before, draft, actor)));
  }

  private Future<Student> change(
      SqlConnection connection, UUID school, Student before, StudentDraft draft, AuditActor actor) {
    List<String> fields = changes(before, draft);
    if (fields.isEmpty()) {
      return Future.succeededFuture(before);
    }
    Tuple changed =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(before.id())
            .addString(draft.fullName())
            .addUUID(draft.courseId())
            .addOffsetDateTime(draft.active() ? null : since(before));
    return References.course(connection, school, draft.courseId())
        .compose(there -> References.guardians(connection, school, draft.guardianIds()))
        .compose(there -> renumber(connection, school, before, draft))
        .compose(done -> connection.preparedQuery(StudentSql.CHANGE).execute(changed))
        .compose(
            done ->
                connection
                    .preparedQuery(StudentSql.UNLINK)
                    .execute(Tuple.of(school, before.id(), ids(draft))))
        .compose(unlinked -> tellNoMore(connection, school, unlinked))
        .compose(done -> settle(connection, school, before.id(), draft))
        .compose(
            student ->
                acts.in(before.courseId(), draft.courseId())
                    .append(connection, school, actor, "student.changed", student.id(), fields)
                    .map(student));
  }

  private static Future<Void> renumber(
      SqlConnection connection, UUID school, Student before, StudentDraft draft) {
    return before.number().equals(Optional.of(draft.number()))
        ? Future.succeededFuture()
        : connection
            .preparedQuery(StudentSql.RENUMBER)
            .execute(Tuple.of(school, before.id(), draft.number()))
            .mapEmpty();
  }

  /** Who does not answer for the pupil any more is not told what was on its way. */
  private static Future<Void> tellNoMore(
      SqlConnection connection, UUID school, RowSet<Row> unlinked) {
    List<UUID> guardians = new ArrayList<>();
    unlinked.forEach(row -> guardians.add(row.getUUID("guardian_id")));
    return guardians.isEmpty()
        ? Future.succeededFuture()
        : Outbox.recallStrays(connection, school, guardians);
  }

  private OffsetDateTime since(Student before) {
    return before.inactiveSince().orElseGet(clock::instant).atOffset(ZoneOffset.UTC);
  }

  private static List<String> changes(Student before, StudentDraft draft) {
    List<String> fields = new ArrayList<>();
    note(fields, "student_number", !before.number().equals(Optional.of(draft.number())));
    note(fields, "full_name", !before.fullName().equals(draft.fullName()));
    note(fields, "course_id", !before.courseId().equals(draft.courseId()));
    note(fields, "status", before.inactiveSince().isEmpty() != draft.active());
    note(
        fields,
        "guardian_ids",
        !before.guardianIds().stream().sorted().toList().equals(draft.guardianIds()));
    return fields;
  }

  private static void note(List<String> fields, String field, boolean changed) {
    if (changed) {
      fields.add(field);
    }
  }

  private Future<UUID> insert(SqlConnection connection, UUID school, StudentDraft draft) {
    Tuple row =
        Tuple.tuple()
            .addUUID(school)
            .addString(draft.number())
            .addString(draft.fullName())
            .addUUID(draft.courseId())
            .addOffsetDateTime(draft.active() ? null : now());
    return connection
        .preparedQuery(StudentSql.CREATE)
        .execute(row)
        .map(rows -> rows.iterator().next().getUUID("id"));
  }

  /** What stands beside the pupil's own row; answers how it is kept. */
  private Future<Student> settle(
      SqlConnection connection, UUID school, UUID id, StudentDraft draft) {
    return connection
        .preparedQuery(StudentSql.LINK)
        .execute(Tuple.of(school, id, ids(draft)))
        .compose(
            linked ->
                connection
                    .preparedQuery(StudentSql.ENROL)
                    .execute(Tuple.of(school, id, draft.courseId(), now())))
        .compose(enrolled -> find(connection, StudentSql.FIND, school, id));
  }

  private static UUID[] ids(StudentDraft draft) {
    return draft.guardianIds().toArray(UUID[]::new);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Future<Student> find(SqlConnection connection, String sql, UUID school, UUID id) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school, id))
        .compose(rows -> References.one(rows, StudentRecords::student));
  }

  private static Student student(Row row) {
    @Nullable OffsetDateTime inactive = row.getOffsetDateTime("inactive_since");
    return new Student(
        row.getUUID("id"),
        Optional.ofNullable(row.getString("student_number")),
        row.getString("full_name"),
        row.getUUID("course_id"),
        row.getString("course"),
        Optional.ofNullable(inactive).map(OffsetDateTime::toInstant),
        List.of(row.getArrayOfUUIDs("guardian_ids")));
  }
}
