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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import porteria.bus.AlarmsReleased;
import porteria.bus.ByStaff;
import porteria.bus.HeldAlarms;
import porteria.config.NoShowSettings;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Cause;
import porteria.outbox.Outbox;

/** The rows of the daily check. */
final class NoShowRepository {

  /** Checks that one statement runs. */
  private static final int CHECKS = 200;

  /** Alarms that one transaction corrects. */
  private static final int CORRECTIONS = 500;

  /** Alarms that one statement decides on. */
  private static final int DECISIONS = 5_000;

  /**
   * What a statement changed in a school.
   *
   * @param checks courses looked through
   */
  record Change(UUID schoolId, int checks, int held, int raised, int dropped) {}

  private record Check(
      UUID schoolId, UUID courseId, LocalTime inTime, Instant dueAt, Instant until) {}

  private record Alarm(UUID schoolId, UUID id, boolean gateOffline) {

    Outbox.Owed owed() {
      return new Outbox.Owed(
          schoolId, id, gateOffline ? Cause.NO_SHOW_GATE_OFFLINE : Cause.NO_SHOW);
    }
  }

  private final Database database;
  private final NoShowSettings settings;
  private final Duration darkAfter;

  /**
   * Prepares the statements.
   *
   * @param darkAfter a kiosk that has not reported for so long is called dark
   */
  NoShowRepository(Database database, NoShowSettings settings, Duration darkAfter) {
    this.database = database;
    this.settings = settings;
    this.darkAfter = darkAfter;
  }

  /** Plans the checks of every school's today, by the hours as they are now. */
  Future<Void> plan(Instant now) {
    return database.asWorker(
        connection ->
            connection
                .query(NoShowSql.LOCK_PLAN)
                .execute()
                .compose(alone -> HoursRepository.schools(connection))
                .compose(schools -> plan(connection, schools, now))
                .compose(
                    planned ->
                        connection
                            .preparedQuery(NoShowSql.PLAN_AGAIN)
                            .execute(Tuple.of(Columns.utc(now))))
                .mapEmpty());
  }

  private Future<RowSet<Row>> plan(
      SqlConnection connection, List<HoursRepository.School> schools, Instant now) {
    Map<UUID, HoursRepository.School> byId =
        schools.stream().collect(Collectors.toMap(HoursRepository.School::id, school -> school));
    Map<UUID, LocalDate> today = new HashMap<>();
    schools.forEach(school -> today.put(school.id(), school.today(now)));
    return HoursRepository.hours(connection, today)
        .map(
            hours ->
                hours.stream()
                    .flatMap(course -> check(course, byId.get(course.schoolId())).stream())
                    .toList())
        .compose(
            checks -> {
              Tuple wanted = wanted(today, checks, now);
              return connection
                  .preparedQuery(NoShowSql.PLAN)
                  .execute(wanted)
                  .compose(done -> connection.preparedQuery(NoShowSql.FORGET_HELD).execute(wanted))
                  .compose(
                      done ->
                          connection
                              .preparedQuery(NoShowSql.NOTE_PLANNED)
                              .execute(
                                  Tuple.of(today.keySet().toArray(UUID[]::new), Columns.utc(now))));
            });
  }

  private static Tuple wanted(Map<UUID, LocalDate> today, List<Check> checks, Instant now) {
    return Tuple.tuple()
        .addArrayOfUUID(today.keySet().toArray(UUID[]::new))
        .addArrayOfLocalDate(today.values().toArray(LocalDate[]::new))
        .addArrayOfUUID(Columns.of(checks, UUID[]::new, Check::schoolId))
        .addArrayOfUUID(Columns.of(checks, UUID[]::new, Check::courseId))
        .addArrayOfLocalTime(Columns.of(checks, LocalTime[]::new, Check::inTime))
        .addArrayOfOffsetDateTime(
            Columns.of(checks, OffsetDateTime[]::new, each -> Columns.utc(each.dueAt())))
        .addArrayOfOffsetDateTime(
            Columns.of(checks, OffsetDateTime[]::new, each -> Columns.utc(each.until())))
        .addOffsetDateTime(Columns.utc(now));
  }

  private Optional<Check> check(
      HoursRepository.OfCourse course, HoursRepository.@Nullable School school) {
    return school == null
        ? Optional.empty()
        : course
            .schedule()
            .cutOff(school.zone(), school.grace().orElse(settings.grace()))
            .map(
                cutOff ->
                    new Check(
                        course.schoolId(),
                        course.courseId(),
                        course.schedule().inTime().orElseThrow().time(),
                        cutOff,
                        course.schedule().ends(school.zone())));
  }

  Future<Boolean> anyDue(Instant now) {
    return database
        .workerQuery(NoShowSql.ANY_DUE, Tuple.of(Columns.utc(now)))
        .map(rows -> rows.iterator().next().getBoolean("due"));
  }

  /** Runs checks that are due, the oldest first. */
  Future<List<Change>> check(Instant now) {
    return database
        .workerQuery(NoShowSql.CHECK, Tuple.of(Columns.utc(now), CHECKS))
        .map(
            rows ->
                list(
                    rows,
                    row ->
                        new Change(
                            row.getUUID("school_id"),
                            row.getInteger("run"),
                            row.getInteger("held"),
                            row.getInteger("raised"),
                            0)));
  }

  /** Decides on what is held back in any school. */
  Future<List<Change>> release(Instant now) {
    return database
        .workerQuery(NoShowSql.RELEASE, release(now, Optional.empty(), Optional.empty()))
        .map(rows -> list(rows, NoShowRepository::released));
  }

  /**
   * Decides on what a school holds back.
   *
   * @param student of this pupil alone; of all when empty
   * @param connection in a transaction of the web role that names the school
   */
  Future<AlarmsReleased> release(
      SqlConnection connection, Instant now, ByStaff by, Optional<UUID> student) {
    return connection
        .preparedQuery(NoShowSql.RELEASE_AT_WORD)
        .execute(release(now, Optional.of(by), student))
        .map(rows -> list(rows, NoShowRepository::released))
        .map(
            changes ->
                changes.stream()
                    .findFirst()
                    .map(change -> new AlarmsReleased(change.raised(), change.dropped()))
                    .orElseGet(() -> new AlarmsReleased(0, 0)));
  }

  private Tuple release(Instant now, Optional<ByStaff> by, Optional<UUID> student) {
    return Tuple.of(
        Columns.utc(now),
        Columns.utc(now.minus(settings.maxHold())),
        by.map(ByStaff::schoolId).orElse(null),
        by.map(ByStaff::staffId).orElse(null),
        DECISIONS,
        student.orElse(null));
  }

  private static Change released(Row row) {
    return new Change(
        row.getUUID("school_id"), 0, 0, row.getInteger("raised"), row.getInteger("dropped"));
  }

  /**
   * Takes back alarms of pupils whom a scan has shown to be there: what is unsent is cancelled,
   * what was told is corrected.
   *
   * @param school the one whose scans came; all when empty
   * @param since when the earliest of them occurred
   * @return the schools concerned
   */
  Future<Set<UUID>> correct(Optional<UUID> school, Instant since) {
    LocalDate day = LocalDate.ofInstant(since, ZoneOffset.UTC).minusDays(1);
    return database.asWorker(
        connection ->
            connection
                .preparedQuery(NoShowSql.CONTRADICTED)
                .execute(Tuple.of(school.orElse(null), day, CORRECTIONS))
                .map(rows -> list(rows, NoShowRepository::alarm))
                .compose(alarms -> correct(connection, alarms)));
  }

  private static Future<Set<UUID>> correct(SqlConnection connection, List<Alarm> alarms) {
    return alarms.isEmpty()
        ? Future.succeededFuture(Set.of())
        : Outbox.recall(connection, alarms.stream().map(Alarm::owed).toList())
            .compose(
                told ->
                    connection
                        .preparedQuery(NoShowSql.SETTLE)
                        .execute(
                            Tuple.tuple()
                                .addArrayOfUUID(Columns.of(alarms, UUID[]::new, Alarm::schoolId))
                                .addArrayOfUUID(Columns.of(alarms, UUID[]::new, Alarm::id))
                                .addArrayOfBoolean(
                                    Columns.of(
                                        alarms, Boolean[]::new, each -> told.contains(each.id())))))
            .map(
                settled ->
                    alarms.stream().map(Alarm::schoolId).collect(Collectors.toUnmodifiableSet()));
  }

  private static Alarm alarm(Row row) {
    return new Alarm(row.getUUID("school_id"), row.getUUID("id"), row.getBoolean("gate_offline"));
  }

  /** What a school holds back, and the gates it waits for. */
  Future<HeldAlarms> held(UUID school, Instant now) {
    return database.readSchool(
        school,
        connection ->
            connection
                .preparedQuery(NoShowSql.HELD)
                .execute(Tuple.of(school))
                .compose(rows -> held(connection, school, rows.iterator().next(), now)));
  }

  private Future<HeldAlarms> held(SqlConnection connection, UUID school, Row held, Instant now) {
    if (held.getInteger("held") == 0) {
      return Future.succeededFuture(
          new HeldAlarms(0, Optional.empty(), Optional.empty(), List.of()));
    }
    Instant since = held.getOffsetDateTime("since").toInstant();
    OffsetDateTime cutOff = held.getOffsetDateTime("cut_off");
    return connection
        .preparedQuery(NoShowSql.DARK_GATES)
        .execute(Tuple.of(school, cutOff))
        .map(
            rows ->
                new HeldAlarms(
                    held.getInteger("held"),
                    Optional.of(since),
                    Optional.of(since.plus(settings.maxHold())),
                    list(rows, row -> darkGate(row, cutOff.toInstant())).stream()
                        .filter(gate -> !isAwaited(gate, now))
                        .toList()));
  }

  /** A kiosk that reported a moment ago is waited for, and is not called dark. */
  private boolean isAwaited(HeldAlarms.DarkGate gate, Instant now) {
    return gate.reason() == HeldAlarms.Reason.SILENT
        && gate.since().filter(heard -> heard.plus(darkAfter).isAfter(now)).isPresent();
  }

  private static HeldAlarms.DarkGate darkGate(Row row, Instant cutOff) {
    Optional<Instant> seen =
        Optional.ofNullable(row.getOffsetDateTime("seen_at")).map(OffsetDateTime::toInstant);
    boolean heard = seen.filter(at -> !at.isBefore(cutOff)).isPresent();
    return new HeldAlarms.DarkGate(
        row.getString("gate_code"),
        row.getString("gate"),
        row.getString("device_code"),
        heard ? HeldAlarms.Reason.QUEUE : HeldAlarms.Reason.SILENT,
        seen,
        row.getInteger("queue_len"));
  }

  private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(read.apply(row)));
    return list;
  }
}
