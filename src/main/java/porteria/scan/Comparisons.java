package porteria.scan;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.Addresses;
import porteria.bus.ArrivalsView;
import porteria.bus.ArrivalsView.Minute;
import porteria.bus.ArrivalsView.Usual;
import porteria.bus.Bus;
import porteria.bus.CourseHours;
import porteria.bus.FindHours;
import porteria.bus.PreviousDay;
import porteria.bus.PreviousDay.Stood;
import porteria.bus.ViewArrivals;
import porteria.bus.ViewPreviousDay;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.SchoolDay;

/** Reads what a school's day is compared with: the days before it. */
final class Comparisons {

  /** What is usual is told by the same weekday of so many weeks before. */
  private static final int WEEKS = 6;

  /** One day is no custom. */
  private static final int FEWEST_DAYS = 2;

  /** Holidays longer than this leave today without a day before. */
  private static final int LOOK_BACK_DAYS = 14;

  private final Database database;
  private final Bus bus;
  private final InstantSource clock;

  Comparisons(Database database, Bus bus, InstantSource clock) {
    this.database = database;
    this.bus = bus;
    this.clock = clock;
  }

  /** How pupils came in, beside a usual day. */
  Future<ArrivalsView> arrivals(ViewArrivals query) {
    UUID school = query.schoolId();
    return hours(school, query.date())
        .compose(
            hours ->
                database
                    .readSchool(school, connection -> arrivals(connection, school, hours))
                    .map(rows -> view(hours, rows)));
  }

  private static Future<RowSet<Row>> arrivals(
      SqlConnection connection, UUID school, CourseHours hours) {
    return connection
        .preparedQuery(ArrivalsSql.ARRIVALS)
        .execute(Tuple.of(school, hours.date(), hours.zone().getId(), WEEKS));
  }

  private static ArrivalsView view(CourseHours hours, RowSet<Row> rows) {
    List<Minute> arrivals = new ArrayList<>();
    List<Minute> usual = new ArrayList<>();
    int days = 0;
    for (Row row : rows) {
      Minute minute = new Minute(row.getLocalTime("minute"), row.getInteger("total"));
      if (row.getInteger("days") == 0) {
        arrivals.add(minute);
      } else {
        days = row.getInteger("days");
        usual.add(minute);
      }
    }
    return new ArrivalsView(
        hours.date(),
        hours.zone(),
        arrivals,
        days < FEWEST_DAYS ? Optional.empty() : Optional.of(new Usual(days, usual)));
  }

  /** The last day on which somebody came, as it stood at this time of day. */
  Future<PreviousDay> previous(ViewPreviousDay query) {
    UUID school = query.schoolId();
    return hours(school, Optional.empty())
        .compose(
            today ->
                database
                    .readSchool(school, connection -> lastDay(connection, school, today))
                    .compose(
                        date ->
                            date.isEmpty()
                                ? Future.succeededFuture(new PreviousDay(Optional.empty()))
                                : stood(school, date.get())));
  }

  private static Future<Optional<LocalDate>> lastDay(
      SqlConnection connection, UUID school, CourseHours today) {
    LocalDate earliest = today.date().minusDays(LOOK_BACK_DAYS);
    return connection
        .preparedQuery(ArrivalsSql.LAST_ENTRY)
        .execute(
            Tuple.of(
                school,
                Columns.utc(SchoolDay.of(earliest, today.zone()).start()),
                Columns.utc(SchoolDay.of(today.date(), today.zone()).start())))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            row.getOffsetDateTime("occurred_at")
                                .atZoneSameInstant(today.zone())
                                .toLocalDate()));
  }

  private Future<PreviousDay> stood(UUID school, LocalDate date) {
    return hours(school, Optional.of(date))
        .compose(
            hours -> {
              Instant at = sameTime(hours);
              return database
                  .readSchool(school, connection -> DayCounts.read(connection, school, hours, at))
                  .map(
                      courses ->
                          new PreviousDay(
                              Optional.of(new Stood(date, at, DayCounts.totals(courses)))));
            });
  }

  private Instant sameTime(CourseHours hours) {
    LocalTime now = ZonedDateTime.ofInstant(clock.instant(), hours.zone()).toLocalTime();
    return hours.date().atTime(now).atZone(hours.zone()).toInstant();
  }

  private Future<CourseHours> hours(UUID school, Optional<LocalDate> date) {
    return bus.request(Addresses.SCHEDULE_HOURS, new FindHours(school, Optional.empty(), date));
  }
}
