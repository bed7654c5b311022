package porteria.scan;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.AnnulEvent;
import porteria.bus.Annulment;
import porteria.bus.Bus;
import porteria.bus.LiveChange;
import porteria.bus.NotificationDue;
import porteria.bus.ScanRecorded;
import porteria.config.ScanSettings;
import porteria.db.Database;
import porteria.domain.Cause;
import porteria.domain.Failure;
import porteria.domain.ScanType;
import porteria.outbox.Outbox;

/**
 * Takes events back without deleting them: the kiosk its own within a while, staff any with a
 * reason. Families who were told are owed the correction in the same commit.
 */
final class AnnulService {

  private final Database database;
  private final AuditTrail trail;
  private final Bus bus;
  private final InstantSource clock;
  private final Duration window;
  private final double repeatSeconds;

  AnnulService(
      Database database, AuditTrail trail, Bus bus, InstantSource clock, ScanSettings settings) {
    this.database = database;
    this.trail = trail;
    this.bus = bus;
    this.clock = clock;
    this.window = settings.annulWindow();
    this.repeatSeconds = settings.repeatWindow().toMillis() / 1_000.0;
  }

  /** An event found for annulling, and the number its change would have. */
  private record Found(
      long seq,
      ScanType type,
      UUID device,
      Instant receivedAt,
      Instant occurredAt,
      Optional<Instant> annulledAt,
      boolean correctionOwed,
      String student,
      UUID course,
      String gate) {

    Cause cause() {
      return type == ScanType.IN ? Cause.ENTRY : Cause.EXIT;
    }
  }

  /** What was done, and what dashboards must be told of it. */
  private record Outcome(Annulment annulment, Optional<LiveChange> change) {}

  /**
   * Annuls once; asking again answers the same and changes nothing.
   *
   * @return fails with NOT_FOUND for an event that is not this school's or not this kiosk's, with
   *     FORBIDDEN for a kiosk that asks too late
   */
  Future<Annulment> annul(AnnulEvent command) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database
        .inSchool(command.schoolId(), connection -> annul(connection, command, now))
        .map(
            outcome -> {
              outcome.change().ifPresent(this::publish);
              return outcome.annulment();
            });
  }

  private Future<Outcome> annul(SqlConnection connection, AnnulEvent command, Instant now) {
    return find(connection, command)
        .compose(
            found -> {
              if (found.annulledAt().isPresent()) {
                return known(connection, command, found);
              }
              if (command.device().isPresent() && found.receivedAt().plus(window).isBefore(now)) {
                return Future.failedFuture(tooLate().asException());
              }
              return write(connection, command, found, now);
            });
  }

  private Future<Found> find(SqlConnection connection, AnnulEvent command) {
    return connection
        .preparedQuery(AnnulSql.NUMBER_CHANGE)
        .execute(Tuple.of(command.schoolId()))
        .map(rows -> rows.iterator().next().getLong("seq"))
        .compose(
            seq ->
                connection
                    .preparedQuery(AnnulSql.FIND)
                    .execute(Tuple.of(command.schoolId(), command.eventId()))
                    .map(rows -> rows.size() == 0 ? null : found(seq, rows.iterator().next())))
        .compose(
            found ->
                found == null
                        || command
                            .device()
                            .filter(asking -> !asking.equals(found.device()))
                            .isPresent()
                    ? Future.failedFuture(unknown().asException())
                    : Future.succeededFuture(found));
  }

  /** Asked again: the answer of the first time, and the number taken is given back. */
  private static Future<Outcome> known(SqlConnection connection, AnnulEvent command, Found found) {
    Annulment annulment =
        new Annulment(command.eventId(), found.annulledAt().orElseThrow(), found.correctionOwed());
    return connection
        .preparedQuery(AnnulSql.RETURN_NUMBER)
        .execute(Tuple.of(command.schoolId()))
        .map(returned -> new Outcome(annulment, Optional.empty()));
  }

  private Future<Outcome> write(
      SqlConnection connection, AnnulEvent command, Found found, Instant now) {
    return connection
        .preparedQuery(AnnulSql.ANNUL)
        .execute(
            Tuple.of(
                command.schoolId(),
                command.eventId(),
                now.atOffset(ZoneOffset.UTC),
                command.staff().orElse(null),
                command.reason()))
        .compose(
            annulled ->
                connection
                    .preparedQuery(AnnulSql.LOOK_AGAIN)
                    .execute(Tuple.of(command.schoolId(), command.eventId())))
        .compose(marked -> reading(connection, command))
        .compose(reading -> takeBack(connection, command, found.cause(), reading))
        .compose(
            told -> trail.append(connection, entry(command, found, now, told)).map(written -> told))
        .map(
            told ->
                new Outcome(
                    new Annulment(command.eventId(), now, told),
                    Optional.of(change(command, found))));
  }

  /** Without the reason: people write names into it, and the trail can never be blanked. */
  private static AuditEntry entry(AnnulEvent command, Found found, Instant now, boolean told) {
    AuditActor.Kind kind =
        command.device().isPresent() ? AuditActor.Kind.KIOSK : AuditActor.Kind.STAFF;
    JsonObject stood =
        new JsonObject()
            .put("type", found.type().name())
            .put("occurred_at", found.occurredAt().toString());
    JsonObject annulled =
        new JsonObject().put("annulled_at", now.toString()).put("families_told", told);
    return new AuditEntry(
        command.schoolId(),
        new AuditActor(
            kind, command.device().or(command::staff), Optional.of(command.role()), command.ip()),
        "attendance.annulled",
        "attendance_event",
        command.eventId().toString(),
        Optional.of(stood),
        Optional.of(annulled));
  }

  /** The events that were read as one, with whether they stand. */
  private Future<Map<UUID, Boolean>> reading(SqlConnection connection, AnnulEvent command) {
    return connection
        .preparedQuery(AnnulSql.SAME_READING)
        .execute(Tuple.of(command.schoolId(), command.eventId(), repeatSeconds))
        .map(
            rows -> {
              Map<UUID, Boolean> reading = new LinkedHashMap<>();
              rows.forEach(row -> reading.put(row.getUUID("id"), row.getBoolean("stands")));
              return reading;
            });
  }

  /**
   * While another event of the reading stands, the family was told the truth, or will be. With the
   * last one goes what was told of any of them.
   *
   * @return whether families are owed a correction
   */
  private static Future<Boolean> takeBack(
      SqlConnection connection, AnnulEvent command, Cause cause, Map<UUID, Boolean> reading) {
    UUID school = command.schoolId();
    for (Map.Entry<UUID, Boolean> event : reading.entrySet()) {
      if (event.getValue()) {
        return Outbox.moveUntold(connection, school, command.eventId(), event.getKey(), cause)
            .map(false);
      }
    }
    Future<Boolean> told = Future.succeededFuture(false);
    for (UUID event : reading.keySet()) {
      told =
          told.compose(
              before -> Outbox.annul(connection, school, event, cause).map(now -> before || now));
    }
    return told;
  }

  private void publish(LiveChange change) {
    bus.publish(Addresses.SCAN_RECORDED, new ScanRecorded(change.schoolId(), List.of(change)));
    bus.hint(Addresses.NOTIFICATION_DUE, new NotificationDue());
  }

  private static LiveChange change(AnnulEvent command, Found found) {
    return new LiveChange(
        command.schoolId(),
        found.seq(),
        LiveChange.Kind.ANNULLED,
        command.eventId(),
        Optional.of(found.student()),
        Optional.of(found.course()),
        found.type(),
        found.gate(),
        found.occurredAt(),
        List.of(),
        Optional.empty());
  }

  private static Found found(long seq, Row row) {
    return new Found(
        seq,
        ScanType.valueOf(row.getString("type")),
        row.getUUID("device_id"),
        row.getOffsetDateTime("received_at").toInstant(),
        row.getOffsetDateTime("occurred_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("annulled_at")).map(OffsetDateTime::toInstant),
        row.getBoolean("correction_owed"),
        row.getString("full_name"),
        row.getUUID("course_id"),
        row.getString("gate"));
  }

  private static Failure unknown() {
    return Failure.of(Failure.Kind.NOT_FOUND, "There is no such event.");
  }

  private Failure tooLate() {
    return Failure.of(
        Failure.Kind.FORBIDDEN,
        "A kiosk may annul its own scans within %d minutes; staff may annul this one."
            .formatted(window.toMinutes()));
  }
}
