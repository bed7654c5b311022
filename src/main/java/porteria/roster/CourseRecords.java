package porteria.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.db.Database;

/** The courses of a school. */
public final class CourseRecords {

  private static final String LIST =
      """
      SELECT id, name, grade FROM course
      WHERE school_id = $1
        AND ($2::uuid IS NULL OR (name, id) > (
          SELECT shown.name, shown.id FROM course shown WHERE shown.school_id = $1 AND shown.id = $2))
      ORDER BY name, id
      LIMIT $3
      """;

  private static final String FIND =
      "SELECT id, name, grade FROM course WHERE school_id = $1 AND id = $2";

  private static final String CREATE =
      "INSERT INTO course (school_id, name, grade) VALUES ($1, $2, $3) RETURNING id, name, grade";

  private static final String CHANGE =
      """
      UPDATE course SET name = $3, grade = $4 WHERE school_id = $1 AND id = $2
      RETURNING id, name, grade
      """;

  private final Database database;
  private final Acts acts;

  CourseRecords(Database database, Acts acts) {
    this.database = database;
    this.acts = acts;
  }

  /** Courses by name. */
  public Future<Page<Course>> list(UUID school, Place place) {
    Tuple parameters = Tuple.of(school, place.after().orElse(null), place.limit() + 1);
    return database
        .inSchool(school, connection -> connection.preparedQuery(LIST).execute(parameters))
        .map(rows -> Page.of(rows, place.limit(), CourseRecords::course));
  }

  /** One course; fails with NOT_FOUND. */
  public Future<Course> find(UUID school, UUID id) {
    return database.inSchool(school, connection -> find(connection, FIND, school, id));
  }

  /** Adds a course; fails with CONFLICT when another has the name. */
  public Future<Course> create(UUID school, String name, String grade, AuditActor actor) {
    Tuple row = Tuple.of(school, Names.tidy(name), Names.tidy(grade));
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(CREATE)
                .execute(row)
                .map(rows -> course(rows.iterator().next()))
                .compose(
                    made ->
                        acts.in(made.id())
                            .append(connection, school, actor, "course.created", made.id())
                            .map(made)));
  }

  /** Renames a course; fails with NOT_FOUND, or with CONFLICT when another has the name. */
  public Future<Course> change(UUID school, UUID id, String name, String grade, AuditActor actor) {
    Course wanted = new Course(id, Names.tidy(name), Names.tidy(grade));
    return database.inSchool(
        school,
        connection ->
            find(connection, FIND + " FOR NO KEY UPDATE", school, id)
                .compose(before -> change(connection, school, before, wanted, actor)));
  }

  private Future<Course> change(
      SqlConnection connection, UUID school, Course before, Course wanted, AuditActor actor) {
    List<String> fields = new ArrayList<>();
    if (!before.name().equals(wanted.name())) {
      fields.add("name");
    }
    if (!before.grade().equals(wanted.grade())) {
      fields.add("grade");
    }
    return fields.isEmpty()
        ? Future.succeededFuture(before)
        : connection
            .preparedQuery(CHANGE)
            .execute(Tuple.of(school, wanted.id(), wanted.name(), wanted.grade()))
            .compose(
                done ->
                    acts.in(wanted.id())
                        .append(connection, school, actor, "course.changed", wanted.id(), fields))
            .map(wanted);
  }

  private static Future<Course> find(SqlConnection connection, String sql, UUID school, UUID id) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(school, id))
        .compose(rows -> References.one(rows, CourseRecords::course));
  }

  private static Course course(Row row) {
    return new Course(row.getUUID("id"), row.getString("name"), row.getString("grade"));
  }
}
