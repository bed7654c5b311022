package porteria.scan;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.CourseHours;
import porteria.bus.DayView;
import porteria.bus.EventPage;
import porteria.bus.FindEvents;
import porteria.bus.FindHours;
import porteria.bus.FindRejections;
import porteria.bus.LiveChange;
import porteria.bus.PagePlace;
import porteria.bus.RejectionPage;
import porteria.bus.ViewDay;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;
import porteria.domain.ScanSource;
import porteria.domain.ScanType;
import porteria.domain.SchoolDay;

/** Reads what scans have made of a school's days. */
final class AttendanceRepository {

  private final Database database;
  private final Bus bus;

  AttendanceRepository(Database database, Bus bus) {
    this.database = database;
    this.bus = bus;
  }

  /** The counts, the latest changes and the number of the last change, all of one moment. */
  Future<DayView> day(ViewDay query) {
    return bus.request(
            Addresses.SCHEDULE_HOURS,
            new FindHours(query.schoolId(), Optional.empty(), query.date()))
        .compose(
            hours ->
                database.readSchool(query.schoolId(), connection -> day(connection, query, hours)));
  }

  private Future<DayView> day(SqlConnection connection, ViewDay query, CourseHours hours) {
    SchoolDay day = SchoolDay.of(hours.date(), hours.zone());
    UUID school = query.schoolId();
    Future<List<DayView.Course>> courses = DayCounts.read(connection, school, hours, day.end());
    Future<RowSet<Row>> recent =
        connection
            .preparedQuery(AttendanceSql.RECENT)
            .execute(
                Tuple.of(school, Columns.utc(day.start()), Columns.utc(day.end()), query.recent()));
    Future<RowSet<Row>> sequence =
        connection.preparedQuery(AttendanceSql.SEQUENCE).execute(Tuple.of(school));
    return Future.all(courses, recent, sequence)
        .map(
            read ->
                new DayView(
                    hours.date(),
                    hours.zone(),
                    sequence.result().iterator().next().getLong("seq"),
                    DayCounts.totals(courses.result()),
                    courses.result(),
                    list(recent.result(), row -> change(school, row))));
  }

  /** A page of events, newest first. */
  Future<EventPage> events(FindEvents query) {
    Tuple parameters =
        Tuple.tuple()
            .addUUID(query.schoolId())
            .addUUID(query.studentId().orElse(null))
            .addUUID(query.courseId().orElse(null))
            .addOffsetDateTime(Columns.utc(query.from()))
            .addOffsetDateTime(Columns.utc(query.to()))
            .addOffsetDateTime(Columns.utc(query.before().map(PagePlace::at)))
            .addUUID(query.before().map(PagePlace::id).orElse(null))
            .addInteger(query.limit() + 1)
            .addUUID(query.guardianId().orElse(null))
            .addString(query.text().orElse(null));
    return database
        .inSchool(
            query.schoolId(),
            connection -> connection.preparedQuery(AttendanceSql.EVENTS).execute(parameters))
        .map(rows -> list(rows, AttendanceRepository::event))
        .map(
            found -> {
              List<EventPage.Item> items = page(found, query.limit());
              return new EventPage(
                  items,
                  next(found, items).map(last -> new PagePlace(last.occurredAt(), last.eventId())));
            });
  }

  /** A page of refused scans, newest first. */
  Future<RejectionPage> rejections(FindRejections query) {
    Tuple parameters =
        Tuple.tuple()
            .addUUID(query.schoolId())
            .addOffsetDateTime(Columns.utc(query.from()))
            .addOffsetDateTime(Columns.utc(query.to()))
            .addOffsetDateTime(Columns.utc(query.before().map(PagePlace::at)))
            .addUUID(query.before().map(PagePlace::id).orElse(null))
            .addInteger(query.limit() + 1);
    return database
        .inSchool(
            query.schoolId(),
            connection -> connection.preparedQuery(AttendanceSql.REJECTIONS).execute(parameters))
        .map(rows -> list(rows, AttendanceRepository::rejection))
        .map(
            found -> {
              List<RejectionPage.Item> items = page(found, query.limit());
              return new RejectionPage(
                  items,
                  next(found, items)
                      .map(last -> new PagePlace(last.occurredAt(), last.rejectionId())));
            });
  }

  /** One more than the limit was asked for, to know whether there is a next page. */
  private static <T> List<T> page(List<T> found, int limit) {
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  private static <T> Optional<T> next(List<T> found, List<T> page) {
    return found.size() > page.size() ? Optional.of(page.getLast()) : Optional.empty();
  }

  private static LiveChange change(UUID school, Row row) {
    return new LiveChange(
        school,
        0,
        LiveChange.Kind.valueOf(row.getString("kind")),
        row.getUUID("id"),
        Optional.ofNullable(row.getString("full_name")),
        Optional.ofNullable(row.getUUID("course_id")),
        ScanType.valueOf(row.getString("type")),
        row.getString("gate"),
        instant(row, "occurred_at"),
        ScanFlag.of(row.getShort("flags")),
        Optional.ofNullable(row.getString("reason")).map(RejectionReason::valueOf));
  }

  private static EventPage.Item event(Row row) {
    return new EventPage.Item(
        row.getUUID("id"),
        row.getUUID("student_id"),
        row.getString("full_name"),
        row.getUUID("course_id"),
        row.getString("course"),
        ScanType.valueOf(row.getString("type")),
        ScanSource.valueOf(row.getString("source")),
        row.getString("gate_code"),
        row.getString("gate"),
        row.getString("device_code"),
        row.getLong("local_seq"),
        optionalInstant(row, "captured_at"),
        optionalInstant(row, "sent_at"),
        instant(row, "received_at"),
        instant(row, "occurred_at"),
        ScanFlag.of(row.getShort("flags")),
        optionalInstant(row, "annulled_at"),
        Optional.ofNullable(row.getString("annul_reason")));
  }

  private static RejectionPage.Item rejection(Row row) {
    return new RejectionPage.Item(
        row.getUUID("id"),
        RejectionReason.valueOf(row.getString("reason")),
        ScanType.valueOf(row.getString("type")),
        ScanSource.valueOf(row.getString("source")),
        row.getString("gate_code"),
        row.getString("gate"),
        row.getString("device_code"),
        row.getLong("local_seq"),
        instant(row, "received_at"),
        instant(row, "occurred_at"),
        ScanFlag.of(row.getShort("flags")));
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(read.apply(row)));
    return list;
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static Optional<Instant> optionalInstant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }
}
