package porteria.schedule;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.BroadcastStopped;
import porteria.bus.ByStaff;
import porteria.bus.CourseHours;
import porteria.bus.ExceptionPage;
import porteria.bus.ExceptionWithdrawn;
import porteria.bus.FindExceptions;
import porteria.bus.FindHours;
import porteria.bus.MakeException;
import porteria.bus.PagePlace;
import porteria.bus.ScheduleException;
import porteria.bus.WithdrawException;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.HoursChange;
import porteria.outbox.Broadcasts;

/** Says which hours hold, and keeps the exceptions to the usual ones. */
final class HoursService {

  /** How long a correction that was prepared may still be sent. */
  private static final Duration CORRECTION_LIFE = Duration.ofDays(1);

  private final Database database;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Runnable replan;

  /**
   * Prepares the service.
   *
   * @param replan told after each change of the hours
   */
  HoursService(Database database, AuditTrail trail, InstantSource clock, Runnable replan) {
    this.database = database;
    this.trail = trail;
    this.clock = clock;
    this.replan = replan;
  }

  /** The hours of one course or of all; fails with NOT_FOUND when the course is not there. */
  Future<CourseHours> hours(FindHours query) {
    return database.inSchool(
        query.schoolId(),
        connection ->
            HoursRepository.zone(connection, query.schoolId())
                .compose(zone -> hours(connection, query, zone)));
  }

  private Future<CourseHours> hours(SqlConnection connection, FindHours query, ZoneId zone) {
    LocalDate date = query.date().orElseGet(() -> LocalDate.ofInstant(clock.instant(), zone));
    return HoursRepository.hours(connection, query.schoolId(), query.courseId(), date)
        .compose(
            hours ->
                hours.isEmpty() && query.courseId().isPresent()
                    ? failed(Failure.Kind.NOT_FOUND, "There is no such course.")
                    : Future.succeededFuture(
                        new CourseHours(zone, date, HoursRepository.byCourse(hours))));
  }

  /**
   * Makes an exception, unless the hours that follow from it make no sense.
   *
   * @return as kept; fails with INVALID_REQUEST, with NOT_FOUND when the course is not there, with
   *     CONFLICT when there is one for that date and course, or school, already
   */
  Future<ScheduleException> except(MakeException wanted) {
    Optional<String> mistake = mistake(wanted.change());
    if (mistake.isPresent()) {
      return failed(Failure.Kind.INVALID_REQUEST, mistake.get());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID school = wanted.by().schoolId();
    return database
        .inSchool(
            school,
            connection ->
                HoursRepository.zone(connection, school)
                    .compose(zone -> requireFuture(wanted, LocalDate.ofInstant(now, zone)))
                    .compose(coming -> hours(connection, of(wanted), ZoneOffset.UTC))
                    .compose(there -> HoursRepository.except(connection, wanted, now))
                    .compose(HoursService::made)
                    .compose(made -> requireSense(connection, wanted, made))
                    .compose(made -> record(connection, wanted.by(), "created", made).map(made)))
        .onSuccess(made -> replan.run());
  }

  /**
   * Takes an exception back, stops what tells families of it and prepares to tell those of the
   * correction who were told; fails with NOT_FOUND, with CONFLICT when its date is past.
   */
  Future<ExceptionWithdrawn> withdraw(WithdrawException wanted) {
    UUID school = wanted.by().schoolId();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database
        .inSchool(
            school,
            Broadcasts.PATIENCE,
            connection ->
                HoursRepository.withdraw(connection, wanted)
                    .compose(
                        gone ->
                            gone.map(Future::succeededFuture)
                                .orElseGet(
                                    () ->
                                        failed(
                                            Failure.Kind.NOT_FOUND, "There is no such exception.")))
                    .compose(gone -> requireNotPast(connection, school, gone))
                    .compose(
                        gone ->
                            Broadcasts.withdraw(
                                    connection,
                                    school,
                                    gone.id(),
                                    wanted.by().staffId(),
                                    now,
                                    now.plus(CORRECTION_LIFE))
                                .compose(
                                    stopped ->
                                        record(connection, wanted.by(), "withdrawn", gone, stopped)
                                            .map(stopped))))
        .onSuccess(gone -> replan.run())
        .map(HoursService::withdrawn);
  }

  /** A page of exceptions, by date. */
  Future<ExceptionPage> exceptions(FindExceptions query) {
    return database
        .inSchool(query.schoolId(), connection -> HoursRepository.exceptions(connection, query))
        .map(found -> page(found, query.limit()));
  }

  private static ExceptionPage page(List<ScheduleException> found, int limit) {
    if (found.size() <= limit) {
      return new ExceptionPage(found, Optional.empty());
    }
    List<ScheduleException> items = found.subList(0, limit);
    ScheduleException last = items.getLast();
    return new ExceptionPage(
        items,
        Optional.of(
            new PagePlace(last.date().atStartOfDay(ZoneOffset.UTC).toInstant(), last.id())));
  }

  private static FindHours of(MakeException wanted) {
    return new FindHours(wanted.by().schoolId(), wanted.courseId(), Optional.of(wanted.date()));
  }

  private static Optional<String> mistake(HoursChange change) {
    boolean times = change.inTime().isPresent() || change.outTime().isPresent();
    if (change.closed() && times) {
      return Optional.of("closed: a closed day has no in_time and no out_time; leave them out.");
    }
    if (!change.closed() && !times) {
      return Optional.of("An exception gives in_time, out_time or both, or says closed: true.");
    }
    return change
        .inTime()
        .flatMap(
            in ->
                change
                    .outTime()
                    .filter(out -> !out.isAfter(in))
                    .map(out -> order("a course", in, out)));
  }

  private static String order(String course, LocalTime in, LocalTime out) {
    return "out_time: %s would enter at %s and leave at %s; entry must come before exit."
        .formatted(course, in, out);
  }

  private static Future<Void> requireFuture(MakeException wanted, LocalDate today) {
    return wanted.date().isBefore(today)
        ? failed(
            Failure.Kind.INVALID_REQUEST,
            "date: %s is past; allowed is the school's today, %s, or later."
                .formatted(wanted.date(), today))
        : Future.succeededFuture();
  }

  private static Future<ScheduleException> made(Optional<ScheduleException> made) {
    return made.map(Future::succeededFuture)
        .orElseGet(
            () ->
                failed(
                    Failure.Kind.CONFLICT,
                    "There is an exception of this scope on this date already; withdraw it first."));
  }

  /** Together with what is inherited, entry must still come before exit in each course. */
  private Future<ScheduleException> requireSense(
      SqlConnection connection, MakeException wanted, ScheduleException made) {
    return HoursRepository.hours(
            connection, wanted.by().schoolId(), wanted.courseId(), wanted.date())
        .compose(
            hours ->
                hours.stream()
                    .filter(each -> each.schedule().senseless())
                    .findFirst()
                    .map(
                        each ->
                            HoursService.<ScheduleException>failed(
                                Failure.Kind.INVALID_REQUEST,
                                order(
                                    each.course(),
                                    each.schedule().inTime().orElseThrow().time(),
                                    each.schedule().outTime().orElseThrow().time())))
                    .orElseGet(() -> Future.succeededFuture(made)));
  }

  private Future<ScheduleException> requireNotPast(
      SqlConnection connection, UUID school, ScheduleException gone) {
    return HoursRepository.zone(connection, school)
        .compose(
            zone ->
                gone.date().isBefore(LocalDate.ofInstant(clock.instant(), zone))
                    ? failed(
                        Failure.Kind.CONFLICT,
                        "The date of this exception is past; it stays as it was.")
                    : Future.succeededFuture(gone));
  }

  private static ExceptionWithdrawn withdrawn(List<Broadcasts.Stopped> stopped) {
    return new ExceptionWithdrawn(
        stopped.stream()
            .map(each -> new BroadcastStopped(each.id(), each.told(), each.correction()))
            .toList());
  }

  private Future<Void> record(
      SqlConnection connection, ByStaff by, String act, ScheduleException exception) {
    return record(connection, by, act, exception, List.of());
  }

  private Future<Void> record(
      SqlConnection connection,
      ByStaff by,
      String act,
      ScheduleException exception,
      List<Broadcasts.Stopped> stopped) {
    JsonObject kept = json(exception);
    if (!stopped.isEmpty()) {
      kept.put(
          "broadcasts", new JsonArray(stopped.stream().map(each -> each.id().toString()).toList()));
      kept.put("told", stopped.stream().mapToInt(Broadcasts.Stopped::told).sum());
    }
    Optional<JsonObject> said = Optional.of(kept);
    boolean created = act.equals("created");
    return trail.append(
        connection,
        new AuditEntry(
            by.schoolId(),
            actor(by),
            "schedule_exception." + act,
            "schedule_exception",
            exception.id().toString(),
            created ? Optional.empty() : said,
            created ? said : Optional.empty()));
  }

  static AuditActor actor(ByStaff by) {
    return AuditActor.staff(by.staffId(), by.role(), by.ip());
  }

  private static JsonObject json(ScheduleException exception) {
    JsonObject json =
        new JsonObject()
            .put("date", exception.date().toString())
            .put("closed", exception.change().closed());
    exception.courseId().ifPresent(course -> json.put("course_id", course.toString()));
    exception.change().inTime().ifPresent(time -> json.put("in_time", time.toString()));
    exception.change().outTime().ifPresent(time -> json.put("out_time", time.toString()));
    return json;
  }

  private static <T> Future<T> failed(Failure.Kind kind, String detail) {
    return Future.failedFuture(Failure.of(kind, detail).asException());
  }
}
