package porteria.scan;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.CourseHours;
import porteria.bus.FindHours;
import porteria.bus.MissingPage;
import porteria.bus.MissingPage.Alarm;
import porteria.bus.MissingPage.AlarmState;
import porteria.bus.MissingPage.Guardian;
import porteria.bus.MissingPage.Pupil;
import porteria.bus.ViewMissing;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.SchoolDay;

/** Reads who is missing of a school's day. */
final class MissingRepository {

  /** Of an alarm's messages the one that came furthest speaks for it. */
  private static final List<AlarmState> FURTHEST_FIRST =
      List.of(
          AlarmState.READ,
          AlarmState.DELIVERED,
          AlarmState.SENT,
          AlarmState.QUEUED,
          AlarmState.PARKED,
          AlarmState.FAILED);

  private final Database database;
  private final Bus bus;
  private final InstantSource clock;

  MissingRepository(Database database, Bus bus, InstantSource clock) {
    this.database = database;
    this.bus = bus;
    this.clock = clock;
  }

  /** A page of those whose course has begun by now. */
  Future<MissingPage> find(ViewMissing query) {
    return bus.request(
            Addresses.SCHEDULE_HOURS,
            new FindHours(query.schoolId(), Optional.empty(), query.date()))
        .compose(
            hours ->
                database
                    .readSchool(query.schoolId(), connection -> read(connection, query, hours))
                    .map(rows -> page(query, hours, rows)));
  }

  private Future<RowSet<Row>> read(SqlConnection connection, ViewMissing query, CourseHours hours) {
    SchoolDay day = SchoolDay.of(hours.date(), hours.zone());
    Map<UUID, LocalTime> begun = begun(hours);
    return connection
        .preparedQuery(MissingSql.MISSING)
        .execute(
            Tuple.of(query.schoolId(), Columns.utc(day.start()), Columns.utc(day.end()))
                .addArrayOfUUID(begun.keySet().toArray(UUID[]::new))
                .addArrayOfLocalTime(begun.values().toArray(LocalTime[]::new))
                .addLocalDate(hours.date())
                .addInteger(query.limit() + 1)
                .addUUID(query.after().orElse(null)));
  }

  private Map<UUID, LocalTime> begun(CourseHours hours) {
    Instant now = clock.instant();
    Map<UUID, LocalTime> begun = new LinkedHashMap<>();
    DayCounts.expecting(hours)
        .forEach(
            (course, inTime) -> {
              if (!hours.date().atTime(inTime).atZone(hours.zone()).toInstant().isAfter(now)) {
                begun.put(course, inTime);
              }
            });
    return begun;
  }

  private static MissingPage page(ViewMissing query, CourseHours hours, RowSet<Row> rows) {
    List<Pupil> found = new ArrayList<>(rows.size());
    rows.forEach(row -> found.add(pupil(row)));
    if (found.size() <= query.limit()) {
      return new MissingPage(hours.date(), found, Optional.empty());
    }
    List<Pupil> shown = found.subList(0, query.limit());
    return new MissingPage(hours.date(), shown, Optional.of(shown.getLast().id()));
  }

  private static Pupil pupil(Row row) {
    return new Pupil(
        row.getUUID("id"),
        row.getString("full_name"),
        row.getUUID("course_id"),
        row.getString("course"),
        row.getLocalTime("in_time"),
        guardians(row.get(JsonArray.class, "guardians")),
        alarm(row),
        Optional.ofNullable(row.getUUID("pending")));
  }

  private static List<Guardian> guardians(@Nullable JsonArray rows) {
    return rows == null
        ? List.of()
        : rows.stream()
            .map(JsonObject.class::cast)
            .map(
                guardian ->
                    new Guardian(
                        guardian.getString("name"),
                        Optional.ofNullable(guardian.getString("phone"))))
            .toList();
  }

  private static Alarm alarm(Row row) {
    String status = row.getString("alarm");
    if (status == null) {
      return new Alarm(AlarmState.NONE, Optional.empty());
    }
    if (status.equals("HELD")) {
      return new Alarm(AlarmState.HELD, Optional.empty());
    }
    return new Alarm(
        told(row),
        Optional.ofNullable(row.getOffsetDateTime("decided_at")).map(OffsetDateTime::toInstant));
  }

  private static AlarmState told(Row row) {
    if (row.getBoolean("owed")) {
      return AlarmState.QUEUED;
    }
    String[] told = row.getArrayOfStrings("told");
    Set<String> statuses = told == null ? Set.of() : Set.of(told);
    if (statuses.contains("SENDING") || statuses.contains("UNKNOWN")) {
      return AlarmState.QUEUED;
    }
    return FURTHEST_FIRST.stream()
        .filter(state -> statuses.contains(state.name()))
        .findFirst()
        .orElse(AlarmState.UNWANTED);
  }
}
