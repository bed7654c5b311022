package porteria.schedule;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.bus.FindExceptions;
import porteria.bus.MakeException;
import porteria.bus.PagePlace;
import porteria.bus.ScheduleException;
import porteria.bus.WithdrawException;
import porteria.domain.EffectiveSchedule;
import porteria.domain.Hours;
import porteria.domain.HoursChange;

/** The rows of hours and exceptions. */
final class HoursRepository {

  /**
   * A school and what its clocks show.
   *
   * @param grace its own, when it has one
   */
  record School(UUID id, ZoneId zone, Optional<Duration> grace) {

    LocalDate today(Instant now) {
      return LocalDate.ofInstant(now, zone);
    }
  }

  /** The hours of one course on one date. */
  record OfCourse(UUID schoolId, UUID courseId, String course, EffectiveSchedule schedule) {}

  private HoursRepository() {}

  static Future<ZoneId> zone(SqlConnection connection, UUID school) {
    return connection
        .preparedQuery(HoursSql.ZONE)
        .execute(Tuple.of(school))
        .map(rows -> ZoneId.of(rows.iterator().next().getString("timezone")));
  }

  static Future<List<School>> schools(SqlConnection connection) {
    return connection
        .preparedQuery(HoursSql.SCHOOLS)
        .execute()
        .map(
            rows -> {
              List<School> schools = new ArrayList<>(rows.size());
              rows.forEach(
                  row ->
                      schools.add(
                          new School(
                              row.getUUID("id"),
                              ZoneId.of(row.getString("timezone")),
                              Optional.ofNullable(row.getInteger("grace_minutes"))
                                  .map(Duration::ofMinutes))));
              return schools;
            });
  }

  /** The hours of all courses of schools, each school on its own date. */
  static Future<List<OfCourse>> hours(SqlConnection connection, Map<UUID, LocalDate> dates) {
    return said(connection, dates, Optional.empty()).map(HoursRepository::effective);
  }

  /** The hours of a school's courses, or of one of them, on a date. */
  static Future<List<OfCourse>> hours(
      SqlConnection connection, UUID school, Optional<UUID> course, LocalDate date) {
    return said(connection, Map.of(school, date), course).map(HoursRepository::effective);
  }

  private static Future<RowSet<Row>> said(
      SqlConnection connection, Map<UUID, LocalDate> dates, Optional<UUID> course) {
    List<Map.Entry<UUID, LocalDate>> days = List.copyOf(dates.entrySet());
    return connection
        .preparedQuery(HoursSql.SAID)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(days.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
                .addArrayOfLocalDate(
                    days.stream().map(Map.Entry::getValue).toArray(LocalDate[]::new))
                .addArrayOfShort(
                    days.stream().map(day -> weekday(day.getValue())).toArray(Short[]::new))
                .addUUID(course.orElse(null)));
  }

  private static Short weekday(LocalDate date) {
    return (short) (date.getDayOfWeek().getValue() - 1);
  }

  private static List<OfCourse> effective(RowSet<Row> rows) {
    List<OfCourse> all = new ArrayList<>(rows.size());
    for (Row row : rows) {
      all.add(
          new OfCourse(
              row.getUUID("school_id"),
              row.getUUID("course_id"),
              row.getString("course"),
              EffectiveSchedule.of(
                  row.getLocalDate("date"),
                  base(row),
                  change(row, "own"),
                  change(row, "everyone"))));
    }
    return all;
  }

  private static Optional<Hours> base(Row row) {
    return time(row, "base_in").map(in -> new Hours(in, row.getLocalTime("base_out")));
  }

  private static Optional<HoursChange> change(Row row, String whose) {
    return row.getBoolean(whose)
        ? Optional.of(
            new HoursChange(
                time(row, whose + "_in"),
                time(row, whose + "_out"),
                row.getBoolean(whose + "_closed")))
        : Optional.empty();
  }

  /**
   * Adds an exception.
   *
   * @return empty when there is one for that date and course, or school, already
   */
  static Future<Optional<ScheduleException>> except(
      SqlConnection connection, MakeException wanted, Instant now) {
    return connection
        .preparedQuery(HoursSql.EXCEPT)
        .execute(
            Tuple.of(
                wanted.by().schoolId(),
                wanted.courseId().orElse(null),
                wanted.date(),
                wanted.change().inTime().orElse(null),
                wanted.change().outTime().orElse(null),
                wanted.change().closed(),
                wanted.reason(),
                wanted.by().staffId(),
                now.atOffset(ZoneOffset.UTC)))
        .map(rows -> list(rows).stream().findFirst());
  }

  /**
   * Removes an exception.
   *
   * @return as it was; empty when it is not there
   */
  static Future<Optional<ScheduleException>> withdraw(
      SqlConnection connection, WithdrawException wanted) {
    return connection
        .preparedQuery(HoursSql.WITHDRAW)
        .execute(Tuple.of(wanted.by().schoolId(), wanted.exceptionId()))
        .map(rows -> list(rows).stream().findFirst());
  }

  /** One more than the page holds, when there are more. */
  static Future<List<ScheduleException>> exceptions(
      SqlConnection connection, FindExceptions query) {
    return connection
        .preparedQuery(HoursSql.EXCEPTIONS)
        .execute(
            Tuple.of(
                query.schoolId(),
                query.from().orElse(null),
                query.to().orElse(null),
                query.after().map(place -> date(place)).orElse(null),
                query.after().map(PagePlace::id).orElse(null),
                query.limit() + 1))
        .map(HoursRepository::list);
  }

  private static LocalDate date(PagePlace place) {
    return LocalDate.ofInstant(place.at(), ZoneOffset.UTC);
  }

  private static List<ScheduleException> list(RowSet<Row> rows) {
    List<ScheduleException> list = new ArrayList<>(rows.size());
    for (Row row : rows) {
      list.add(
          new ScheduleException(
              row.getUUID("id"),
              Optional.ofNullable(row.getUUID("course_id")),
              row.getLocalDate("date"),
              new HoursChange(
                  time(row, "in_time"), time(row, "out_time"), row.getBoolean("closed")),
              row.getString("reason"),
              row.getUUID("created_by"),
              row.getOffsetDateTime("created_at").toInstant()));
    }
    return list;
  }

  private static Optional<LocalTime> time(Row row, String column) {
    return Optional.ofNullable(row.getLocalTime(column));
  }

  /** Courses by their hours. */
  static Map<UUID, EffectiveSchedule> byCourse(List<OfCourse> hours) {
    return hours.stream().collect(Collectors.toMap(OfCourse::courseId, OfCourse::schedule));
  }
}
