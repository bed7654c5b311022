package porteria.schedule;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.AlarmsChanged;
import porteria.bus.AlarmsReleased;
import porteria.bus.Bus;
import porteria.bus.HeldAlarms;
import porteria.bus.NotificationDue;
import porteria.bus.ReleaseAlarms;
import porteria.bus.ViewAlarms;
import porteria.db.Database;

/**
 * Finds who is missing, holds alarms back while a gate is dark, and corrects those that a scan
 * contradicts. For one event loop; rounds do not overlap.
 */
final class NoShowService {

  private static final Logger LOG = LoggerFactory.getLogger(NoShowService.class);

  /** How old a plan may become while nobody hints that the hours changed. */
  private static final Duration PLAN_LIFE = Duration.ofMinutes(1);

  /** How long a scan whose hint was lost leaves an alarm uncorrected. */
  private static final Duration SEARCH_ALL = Duration.ofMinutes(5);

  /** Scans older than this correct an alarm no more when their hint was lost. */
  private static final Duration LATEST_PROOF = Duration.ofDays(30);

  private final NoShowRepository rows;
  private final Database database;
  private final AuditTrail trail;
  private final Bus bus;
  private final InstantSource clock;
  private final Map<UUID, Instant> scanned = new HashMap<>();
  private Instant plannedAt = Instant.MIN;
  private Instant searchedAt = Instant.MIN;

  NoShowService(
      NoShowRepository rows, Database database, AuditTrail trail, Bus bus, InstantSource clock) {
    this.rows = rows;
    this.database = database;
    this.trail = trail;
    this.bus = bus;
    this.clock = clock;
  }

  /** The hours changed: the next round plans anew. */
  void replan() {
    plannedAt = Instant.MIN;
  }

  /**
   * Scans of a school were recorded: the next round corrects what they contradict.
   *
   * @param earliest when the first of them occurred
   */
  void scanned(UUID school, Instant earliest) {
    scanned.merge(school, earliest, (one, other) -> one.isBefore(other) ? one : other);
  }

  /** One round. Whatever fails is found again by the next. */
  Future<Void> round() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return step("correct", correct(now))
        .compose(corrected -> step("plan", planWhenOld(now)))
        .compose(planned -> step("check", checkWhenDue(now)))
        .compose(checked -> step("release", rows.release(now).map(this::tell)));
  }

  private static Future<Void> step(String name, Future<?> step) {
    return step.<Void>mapEmpty()
        .recover(
            error -> {
              LOG.warn("{}: failed until the next round: {}", name, error.getMessage());
              return Future.succeededFuture();
            });
  }

  private Future<Void> planWhenOld(Instant now) {
    return plannedAt.plus(PLAN_LIFE).isAfter(now) ? Future.succeededFuture() : plan(now);
  }

  /** A change of the hours while it plans asks for another plan. */
  private Future<Void> plan(Instant now) {
    plannedAt = now;
    return rows.plan(now).onFailure(unplanned -> plannedAt = Instant.MIN);
  }

  /** What this round has planned already is not planned again. */
  private Future<Void> planUnlessPlanned(Instant now) {
    return plannedAt.equals(now) ? Future.succeededFuture() : plan(now);
  }

  /** What is due is planned once more first, lest an hour be missed that changed a moment ago. */
  private Future<Void> checkWhenDue(Instant now) {
    return rows.anyDue(now)
        .compose(
            due ->
                due
                    ? planUnlessPlanned(now).compose(planned -> rows.check(now)).map(this::tell)
                    : Future.succeededFuture());
  }

  private Void tell(List<NoShowRepository.Change> changes) {
    for (NoShowRepository.Change change : changes) {
      LOG.info(
          "school {}: {} courses checked, {} alarms held, {} raised, {} dropped",
          change.schoolId(),
          change.checks(),
          change.held(),
          change.raised(),
          change.dropped());
      bus.publish(Addresses.ALARMS_CHANGED, new AlarmsChanged(change.schoolId()));
    }
    if (changes.stream().anyMatch(change -> change.raised() > 0)) {
      bus.hint(Addresses.NOTIFICATION_DUE, new NotificationDue());
    }
    return null;
  }

  private Future<Void> correct(Instant now) {
    if (!searchedAt.plus(SEARCH_ALL).isAfter(now)) {
      scanned.clear();
      return rows.correct(Optional.empty(), now.minus(LATEST_PROOF))
          .onSuccess(found -> searchedAt = found.isEmpty() ? now : Instant.MIN)
          .map(this::corrected);
    }
    Map<UUID, Instant> schools = Map.copyOf(scanned);
    scanned.clear();
    Future<Void> done = Future.succeededFuture();
    for (Map.Entry<UUID, Instant> school : schools.entrySet()) {
      done =
          done.compose(
              before ->
                  rows.correct(Optional.of(school.getKey()), school.getValue())
                      .map(this::corrected));
    }
    return done;
  }

  private Void corrected(Set<UUID> schools) {
    schools.forEach(school -> bus.publish(Addresses.ALARMS_CHANGED, new AlarmsChanged(school)));
    if (!schools.isEmpty()) {
      bus.hint(Addresses.NOTIFICATION_DUE, new NotificationDue());
    }
    return null;
  }

  /** What a school holds back. */
  Future<HeldAlarms> held(ViewAlarms query) {
    return rows.held(query.schoolId(), clock.instant());
  }

  /** Raises what a school holds back; whoever was seen or is excused by now is dropped. */
  Future<AlarmsReleased> release(ReleaseAlarms command) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID school = command.by().schoolId();
    return database
        .inSchool(
            school,
            connection ->
                rows.release(connection, now, command.by(), command.studentId())
                    .compose(
                        released ->
                            trail.append(connection, entry(command, released)).map(released)))
        .onSuccess(
            released -> {
              bus.publish(Addresses.ALARMS_CHANGED, new AlarmsChanged(school));
              bus.hint(Addresses.NOTIFICATION_DUE, new NotificationDue());
            });
  }

  private static AuditEntry entry(ReleaseAlarms command, AlarmsReleased released) {
    JsonObject what =
        new JsonObject().put("raised", released.raised()).put("dropped", released.dropped());
    command.studentId().ifPresent(student -> what.put("student_id", student.toString()));
    return new AuditEntry(
        command.by().schoolId(),
        HoursService.actor(command.by()),
        "alarms.released",
        "school",
        command.by().schoolId().toString(),
        Optional.empty(),
        Optional.of(what));
  }
}
