package porteria.scan;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import porteria.bus.CourseHours;
import porteria.bus.DayView;
import porteria.bus.DayView.Counts;
import porteria.db.Columns;
import porteria.domain.SchoolDay;

/** The counts of a day by course. */
final class DayCounts {

  private DayCounts() {}

  /**
   * By what had occurred.
   *
   * @param connection in a transaction that names the school
   * @param until events from then on are left out; the end of the day counts all
   */
  static Future<List<DayView.Course>> read(
      SqlConnection connection, UUID school, CourseHours hours, Instant until) {
    Map<UUID, LocalTime> expecting = expecting(hours);
    Instant start = SchoolDay.of(hours.date(), hours.zone()).start();
    return connection
        .preparedQuery(AttendanceSql.DAY)
        .execute(
            Tuple.of(school, Columns.utc(start), Columns.utc(until))
                .addArrayOfUUID(expecting.keySet().toArray(UUID[]::new))
                .addArrayOfLocalTime(expecting.values().toArray(LocalTime[]::new))
                .addLocalDate(hours.date())
                .addString(hours.zone().getId()))
        .map(
            rows -> {
              List<DayView.Course> courses = new ArrayList<>(rows.size());
              rows.forEach(row -> courses.add(course(row)));
              return courses;
            });
  }

  /** All courses together. */
  static Counts totals(List<DayView.Course> courses) {
    return courses.stream().map(DayView.Course::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** The courses that expect their pupils, and when. */
  static Map<UUID, LocalTime> expecting(CourseHours hours) {
    Map<UUID, LocalTime> expecting = new LinkedHashMap<>();
    hours
        .byCourse()
        .forEach(
            (course, schedule) -> {
              if (schedule.expectsPupils()) {
                expecting.put(course, schedule.inTime().orElseThrow().time());
              }
            });
    return expecting;
  }

  private static DayView.Course course(Row row) {
    return new DayView.Course(
        row.getUUID("id"),
        row.getString("name"),
        new Counts(
            row.getInteger("expected"),
            row.getInteger("present"),
            row.getInteger("late"),
            row.getInteger("absent"),
            row.getInteger("excused"),
            row.getInteger("held"),
            row.getInteger("departed")));
  }
}
