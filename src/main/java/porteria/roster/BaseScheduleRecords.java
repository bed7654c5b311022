package porteria.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.audit.AuditActor;
import porteria.db.Database;

/** The usual hours of courses, one record a weekday. A weekday without one is a day off. */
public final class BaseScheduleRecords {

  private static final String COLUMNS =
      "SELECT id, course_id, weekday, in_time, out_time FROM schedule ";

  private static final String LIST =
      COLUMNS
          + """
            WHERE school_id = $1
              AND ($2::uuid IS NULL OR course_id = $2)
              AND ($3::uuid IS NULL OR (course_id, weekday) > (
                SELECT shown.course_id, shown.weekday FROM schedule shown
                WHERE shown.school_id = $1 AND shown.id = $3))
            ORDER BY course_id, weekday
            LIMIT $4
            """;

  private static final String FIND_TO_CHANGE =
      COLUMNS + "WHERE school_id = $1 AND id = $2 FOR UPDATE";

  private static final String WEEK_TO_CHANGE =
      COLUMNS + "WHERE school_id = $1 AND course_id = $2 ORDER BY weekday FOR UPDATE";

  private static final String CREATE =
      """
      INSERT INTO schedule (school_id, course_id, weekday, in_time, out_time)
      VALUES ($1, $2, $3, $4, $5)
      RETURNING id, course_id, weekday, in_time, out_time
      """;

  private static final String CHANGE =
      "UPDATE schedule SET in_time = $3, out_time = $4 WHERE school_id = $1 AND id = $2";

  private static final String REMOVE = "DELETE FROM schedule WHERE school_id = $1 AND id = $2";

  private final Database database;
  private final Acts acts;

  BaseScheduleRecords(Database database, Acts acts) {
    this.database = database;
    this.acts = acts;
  }

  /** Hours by course and weekday. */
  public Future<Page<SchoolHours>> list(UUID school, Optional<UUID> course, Place place) {
    Tuple parameters =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(course.orElse(null))
            .addUUID(place.after().orElse(null))
            .addInteger(place.limit() + 1);
    return database
        .inSchool(school, connection -> connection.preparedQuery(LIST).execute(parameters))
        .map(rows -> Page.of(rows, place.limit(), BaseScheduleRecords::hours));
  }

  /**
   * Adds the hours of a weekday.
   *
   * @return as kept; fails with NOT_FOUND when the course is not there, with CONFLICT when it has
   *     hours on that weekday
   */
  public Future<SchoolHours> create(
      UUID school, UUID course, int weekday, SchoolHours.Span span, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            References.course(connection, school, course)
                .compose(there -> create(connection, school, course, weekday, span, actor)));
  }

  private Future<SchoolHours> create(
      SqlConnection connection,
      UUID school,
      UUID course,
      int weekday,
      SchoolHours.Span span,
      AuditActor actor) {
    return connection
        .preparedQuery(CREATE)
        .execute(Tuple.of(school, course, (short) weekday, span.in(), span.out()))
        .map(rows -> hours(rows.iterator().next()))
        .compose(
            made ->
                acts.in(course)
                    .append(connection, school, actor, "schedule.created", made.id())
                    .map(made));
  }

  /**
   * Makes the hours of a course's week these, all or none.
   *
   * @param week the hours by weekday; days off are left out
   * @return fails with NOT_FOUND when the course is not there
   */
  public Future<Void> replace(
      UUID school, UUID course, Map<Integer, SchoolHours.Span> week, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            References.course(connection, school, course)
                .compose(
                    there ->
                        connection.preparedQuery(WEEK_TO_CHANGE).execute(Tuple.of(school, course)))
                .map(rows -> rows.stream().map(BaseScheduleRecords::hours).toList())
                .compose(before -> replace(connection, school, course, before, week, actor)));
  }

  private Future<Void> replace(
      SqlConnection connection,
      UUID school,
      UUID course,
      List<SchoolHours> before,
      Map<Integer, SchoolHours.Span> week,
      AuditActor actor) {
    Future<Void> done = Future.succeededFuture();
    for (SchoolHours old : before) {
      SchoolHours.Span span = week.get(old.weekday());
      done =
          done.compose(
              earlier ->
                  span == null
                      ? remove(connection, school, old, actor)
                      : change(connection, school, old, span, actor).mapEmpty());
    }
    Set<Integer> had =
        before.stream().map(SchoolHours::weekday).collect(Collectors.toUnmodifiableSet());
    for (Map.Entry<Integer, SchoolHours.Span> day : new TreeMap<>(week).entrySet()) {
      if (!had.contains(day.getKey())) {
        done =
            done.compose(
                earlier ->
                    create(connection, school, course, day.getKey(), day.getValue(), actor)
                        .mapEmpty());
      }
    }
    return done;
  }

  /** Changes the hours of a weekday; fails with NOT_FOUND. */
  public Future<SchoolHours> change(UUID school, UUID id, SchoolHours.Span span, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            find(connection, school, id)
                .compose(before -> change(connection, school, before, span, actor)));
  }

  private Future<SchoolHours> change(
      SqlConnection connection,
      UUID school,
      SchoolHours before,
      SchoolHours.Span span,
      AuditActor actor) {
    List<String> fields = new ArrayList<>();
    if (!before.span().in().equals(span.in())) {
      fields.add("in_time");
    }
    if (!before.span().out().equals(span.out())) {
      fields.add("out_time");
    }
    return fields.isEmpty()
        ? Future.succeededFuture(before)
        : connection
            .preparedQuery(CHANGE)
            .execute(Tuple.of(school, before.id(), span.in(), span.out()))
            .compose(
                done ->
                    acts.in(before.courseId())
                        .append(connection, school, actor, "schedule.changed", before.id(), fields))
            .map(new SchoolHours(before.id(), before.courseId(), before.weekday(), span));
  }

  /** Makes the weekday a day off; fails with NOT_FOUND. */
  public Future<Void> remove(UUID school, UUID id, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            find(connection, school, id)
                .compose(there -> remove(connection, school, there, actor)));
  }

  private Future<Void> remove(
      SqlConnection connection, UUID school, SchoolHours there, AuditActor actor) {
    return connection
        .preparedQuery(REMOVE)
        .execute(Tuple.of(school, there.id()))
        .compose(
            done ->
                acts.in(there.courseId())
                    .append(connection, school, actor, "schedule.removed", there.id()));
  }

  private static Future<SchoolHours> find(SqlConnection connection, UUID school, UUID id) {
    return connection
        .preparedQuery(FIND_TO_CHANGE)
        .execute(Tuple.of(school, id))
        .compose(rows -> References.one(rows, BaseScheduleRecords::hours));
  }

  private static SchoolHours hours(Row row) {
    return new SchoolHours(
        row.getUUID("id"),
        row.getUUID("course_id"),
        row.getShort("weekday"),
        new SchoolHours.Span(row.getLocalTime("in_time"), row.getLocalTime("out_time")));
  }
}
