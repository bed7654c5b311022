package porteria.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.db.Database;

/**
 * Which course each pupil attends in which school year. The enrolment of the year that runs, which
 * is the calendar year where the school stands, and the pupil's course are the same thing and
 * change together.
 */
public final class EnrollmentRecords {

  private static final String LIST =
      """
      SELECT id, student_id, course_id, school_year FROM enrollment
      WHERE school_id = $1
        AND ($2::uuid IS NULL OR student_id = $2)
        AND ($3::uuid IS NULL OR course_id = $3)
        AND ($4::smallint IS NULL OR school_year = $4)
        AND ($5::uuid IS NULL OR id > $5)
      ORDER BY id
      LIMIT $6
      """;

  private static final String FIND_TO_CHANGE =
      """
      SELECT id, student_id, course_id, school_year FROM enrollment
      WHERE school_id = $1 AND id = $2
      FOR UPDATE
      """;

  private static final String CREATE =
      """
      INSERT INTO enrollment (school_id, student_id, course_id, school_year)
      VALUES ($1, $2, $3, $4)
      RETURNING id, student_id, course_id, school_year
      """;

  private static final String CHANGE =
      """
      UPDATE enrollment SET course_id = $3 WHERE school_id = $1 AND id = $2
      RETURNING id, student_id, course_id, school_year
      """;

  /** When $4 is the year that runs at $5. */
  private static final String MOVE_STUDENT =
      """
      UPDATE student SET course_id = $3
      FROM school
      WHERE student.school_id = $1 AND student.id = $2 AND school.id = $1
        AND extract(year FROM $5::timestamptz AT TIME ZONE school.timezone) = $4::smallint
      """;

  private final Database database;
  private final Acts acts;
  private final InstantSource clock;

  EnrollmentRecords(Database database, Acts acts, InstantSource clock) {
    this.database = database;
    this.acts = acts;
    this.clock = clock;
  }

  /** Enrolments, the oldest first. */
  public Future<Page<Enrollment>> list(UUID school, EnrollmentQuery query, Place place) {
    Tuple parameters =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(query.studentId().orElse(null))
            .addUUID(query.courseId().orElse(null))
            .addShort(query.schoolYear().map(Integer::shortValue).orElse(null))
            .addUUID(place.after().orElse(null))
            .addInteger(place.limit() + 1);
    return database
        .inSchool(school, connection -> connection.preparedQuery(LIST).execute(parameters))
        .map(rows -> Page.of(rows, place.limit(), EnrollmentRecords::enrollment));
  }

  /**
   * Enrols a pupil.
   *
   * @return as kept; fails with NOT_FOUND when the pupil or the course is not there, with CONFLICT
   *     when the pupil is enrolled for that year
   */
  public Future<Enrollment> create(
      UUID school, UUID student, UUID course, int schoolYear, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            References.student(connection, school, student)
                .compose(there -> References.course(connection, school, course))
                .compose(
                    there ->
                        connection
                            .preparedQuery(CREATE)
                            .execute(Tuple.of(school, student, course, (short) schoolYear)))
                .map(rows -> enrollment(rows.iterator().next()))
                .compose(made -> moveStudent(connection, school, made))
                .compose(
                    made ->
                        acts.in(course)
                            .append(connection, school, actor, "enrollment.created", made.id())
                            .map(made)));
  }

  /** Moves a pupil to another course in that year; fails with NOT_FOUND. */
  public Future<Enrollment> change(UUID school, UUID id, UUID course, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(FIND_TO_CHANGE)
                .execute(Tuple.of(school, id))
                .compose(rows -> References.one(rows, EnrollmentRecords::enrollment))
                .compose(before -> change(connection, school, before, course, actor)));
  }

  private Future<Enrollment> change(
      SqlConnection connection, UUID school, Enrollment before, UUID course, AuditActor actor) {
    if (before.courseId().equals(course)) {
      return Future.succeededFuture(before);
    }
    return References.student(connection, school, before.studentId())
        .compose(there -> References.course(connection, school, course))
        .compose(
            there ->
                connection.preparedQuery(CHANGE).execute(Tuple.of(school, before.id(), course)))
        .map(rows -> enrollment(rows.iterator().next()))
        .compose(after -> moveStudent(connection, school, after))
        .compose(
            after ->
                acts.in(before.courseId(), course)
                    .append(
                        connection,
                        school,
                        actor,
                        "enrollment.changed",
                        after.id(),
                        List.of("course_id"))
                    .map(after));
  }

  private Future<Enrollment> moveStudent(
      SqlConnection connection, UUID school, Enrollment enrollment) {
    return connection
        .preparedQuery(MOVE_STUDENT)
        .execute(
            Tuple.of(
                school,
                enrollment.studentId(),
                enrollment.courseId(),
                (short) enrollment.schoolYear(),
                clock.instant().atOffset(ZoneOffset.UTC)))
        .map(enrollment);
  }

  private static Enrollment enrollment(Row row) {
    return new Enrollment(
        row.getUUID("id"),
        row.getUUID("student_id"),
        row.getUUID("course_id"),
        row.getShort("school_year"));
  }
}
