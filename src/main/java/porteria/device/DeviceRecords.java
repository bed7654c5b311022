package porteria.device;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.DeviceReported;
import porteria.config.DeviceSettings;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Gate;
import porteria.domain.GateHealth;
import porteria.domain.Kiosk;

/** What people see of a school's devices, and how they end one. */
public final class DeviceRecords {

  /** Those in use first, by code; a school has tens. */
  private static final String ALL =
      """
      SELECT d.id, d.code, g.code AS gate_code, g.name AS gate, d.enrolled_at, d.last_seen_at,
        d.revoked_at, d.reported_at, d.version, d.battery, d.queue_len, d.queue_since,
        d.clock_skew_seconds
      FROM device d
      JOIN gate g ON g.school_id = d.school_id AND g.id = d.gate_id
      WHERE d.school_id = $1
      ORDER BY d.revoked_at IS NOT NULL, d.code, d.id DESC
      LIMIT 1000
      """;

  /** The first time stays. */
  private static final String REVOKE =
      """
      UPDATE device SET revoked_at = $3
      WHERE school_id = $1 AND id = $2 AND revoked_at IS NULL
      RETURNING revoked_at
      """;

  private static final String REVOKED =
      "SELECT revoked_at FROM device WHERE school_id = $1 AND id = $2 AND revoked_at IS NOT NULL";

  private static final String REPORT =
      """
      UPDATE device
      SET gate_id = $3, reported_at = $4, last_seen_at = $4, version = $5, battery = $6,
        queue_len = $7, queue_since = CASE WHEN $7 > 0 THEN coalesce(queue_since, $4) END,
        clock_skew_seconds = $8
      WHERE school_id = $1 AND id = $2
      """;

  private final Database database;
  private final AuditTrail audit;
  private final Bus bus;
  private final Duration darkAfter;
  private final InstantSource clock;

  public DeviceRecords(
      Database database, AuditTrail audit, Bus bus, DeviceSettings settings, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.bus = bus;
    this.darkAfter = settings.darkAfter();
    this.clock = clock;
  }

  /** All devices of a school, those in use first. */
  public Future<List<DeviceStatus>> list(UUID schoolId) {
    return database
        .inSchool(schoolId, connection -> connection.preparedQuery(ALL).execute(Tuple.of(schoolId)))
        .map(
            rows -> {
              Instant now = clock.instant();
              return rows.stream().map(row -> status(row, now)).toList();
            });
  }

  /**
   * Ends a device. Its token is refused everywhere within {@link DeviceService#LIFE}.
   *
   * @return when it was revoked, first; fails with NOT_FOUND when the school has no such device
   */
  public Future<Instant> revoke(UUID schoolId, UUID deviceId, AuditActor actor) {
    return database
        .inSchool(schoolId, connection -> revoke(connection, schoolId, deviceId, actor))
        .compose(
            revoked ->
                revoked
                    .map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                Failure.of(Failure.Kind.NOT_FOUND, "There is no such device.")
                                    .asException())));
  }

  private Future<Optional<Instant>> revoke(
      SqlConnection connection, UUID school, UUID device, AuditActor actor) {
    AuditEntry act =
        new AuditEntry(
            school,
            actor,
            "device.revoked",
            "device",
            device.toString(),
            Optional.empty(),
            Optional.empty());
    return connection
        .preparedQuery(REVOKE)
        .execute(Tuple.of(school, device, Columns.utc(clock.instant())))
        .compose(
            now ->
                now.size() == 0
                    ? connection
                        .preparedQuery(REVOKED)
                        .execute(Tuple.of(school, device))
                        .map(DeviceRecords::revokedAt)
                    : audit.append(connection, act).map(revokedAt(now)));
  }

  private static Optional<Instant> revokedAt(RowSet<Row> rows) {
    return rows.stream().findFirst().map(row -> row.getOffsetDateTime("revoked_at").toInstant());
  }

  /**
   * Records what a kiosk says of itself.
   *
   * @return our time; fails with INVALID_REQUEST when the school has no such gate
   */
  public Future<Instant> report(Kiosk kiosk, Heartbeat heartbeat) {
    Gate gate = kiosk.gates().get(heartbeat.gateCode());
    if (gate == null) {
      return Future.failedFuture(EnrolmentService.unknownGate().asException());
    }
    Instant now = clock.instant();
    Tuple said =
        Tuple.tuple()
            .addUUID(kiosk.schoolId())
            .addUUID(kiosk.deviceId())
            .addUUID(gate.id())
            .addOffsetDateTime(Columns.utc(now))
            .addString(heartbeat.version())
            .addInteger(heartbeat.battery().orElse(null))
            .addInteger(heartbeat.queueLength().orElse(null))
            .addInteger(seconds(Duration.between(now, heartbeat.sentAt())));
    return database
        .inSchool(kiosk.schoolId(), connection -> connection.preparedQuery(REPORT).execute(said))
        .onSuccess(
            committed ->
                bus.publish(
                    Addresses.DEVICE_REPORTED,
                    new DeviceReported(kiosk.schoolId(), kiosk.deviceId())))
        .map(now);
  }

  /** A clock may be wrong by more years than fit. */
  private static int seconds(Duration skew) {
    return Math.clamp(skew.plusMillis(500).toSeconds(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** One that was revoked stands at no gate. */
  private Optional<GateHealth.Dark> dark(Row row, Instant now) {
    if (row.getOffsetDateTime("revoked_at") != null) {
      return Optional.empty();
    }
    GateHealth.Report last =
        new GateHealth.Report(
            time(row.getOffsetDateTime("reported_at"))
                .or(() -> time(row.getOffsetDateTime("enrolled_at"))),
            Objects.requireNonNullElse(row.getInteger("queue_len"), 0),
            time(row.getOffsetDateTime("queue_since")));
    return GateHealth.judge(last, now, darkAfter);
  }

  private DeviceStatus status(Row row, Instant now) {
    return new DeviceStatus(
        row.getUUID("id"),
        row.getString("code"),
        row.getString("gate_code"),
        row.getString("gate"),
        time(row.getOffsetDateTime("enrolled_at")),
        time(row.getOffsetDateTime("last_seen_at")),
        time(row.getOffsetDateTime("revoked_at")),
        Optional.ofNullable(row.getString("version")),
        Optional.ofNullable(row.getInteger("battery")),
        Optional.ofNullable(row.getInteger("queue_len")),
        Optional.ofNullable(row.getInteger("clock_skew_seconds")),
        dark(row, now));
  }

  private static Optional<Instant> time(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
