package porteria.device;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.config.NetworkAddress;
import porteria.config.SecuritySettings;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.AttemptLimit;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.Gate;

/** Brings kiosks to their tokens. */
public final class EnrolmentService {

  /** How long a code is good. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  /** A school's kiosks may all have one address; a person mistypes a few times. */
  private static final int WRONG_CODES_A_MINUTE = 30;

  private final Database database;
  private final AuditTrail audit;
  private final EnrolmentCodes codes;
  private final DeviceTokens tokens;
  private final InstantSource clock;
  private final AttemptLimit wrongCodes;
  private final SecureRandom random = new SecureRandom();

  public EnrolmentService(
      Database database, SecuritySettings settings, AuditTrail audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.codes = new EnrolmentCodes(settings.secretKey());
    this.tokens = new DeviceTokens(settings.secretKeys());
    this.clock = clock;
    this.wrongCodes = new AttemptLimit(WRONG_CODES_A_MINUTE, Duration.ofMinutes(1), clock);
  }

  /**
   * Offers a place at a gate to whoever types the code. Where a device of this code is in use, it
   * stays so until then; an earlier offer for the same code is withdrawn.
   *
   * @param deviceCode the future {@code device_id} of the public contract
   * @param gateCode of the same school; fails with INVALID_REQUEST when there is none
   */
  public Future<EnrolmentOffer> offer(
      UUID schoolId, AuditActor staff, String deviceCode, String gateCode) {
    String code = codes.newCode();
    Instant now = clock.instant();
    Instant until = now.plus(LIFE);
    Buffer hash = Buffer.buffer(codes.hash(code).orElseThrow());
    return database
        .inSchool(
            schoolId,
            connection ->
                gate(connection, schoolId, gateCode)
                    .compose(
                        gate -> {
                          Tuple offer =
                              Tuple.of(schoolId, deviceCode, gate, hash, Columns.utc(now))
                                  .addUUID(staff.id().orElseThrow())
                                  .addOffsetDateTime(Columns.utc(until));
                          return record(connection, schoolId, staff, deviceCode, offer);
                        }))
        .map(done -> new EnrolmentOffer(code, until, deviceCode, gateCode));
  }

  private Future<Void> record(
      SqlConnection connection, UUID school, AuditActor staff, String code, Tuple offer) {
    OffsetDateTime now = Columns.utc(clock.instant());
    return connection
        .preparedQuery(EnrolmentSql.WITHDRAW)
        .execute(Tuple.of(school, code, now))
        .compose(withdrawn -> connection.preparedQuery(EnrolmentSql.OFFER).execute(offer))
        .map(rows -> rows.iterator().next().getUUID("id"))
        .compose(
            id ->
                audit.append(
                    connection,
                    act(school, staff, "device.offered", "device_enrolment", id, code)));
  }

  private static AuditEntry act(
      UUID school, AuditActor actor, String action, String entity, UUID id, String code) {
    return new AuditEntry(
        school,
        actor,
        action,
        entity,
        id.toString(),
        Optional.empty(),
        Optional.of(new JsonObject().put("code", code)));
  }

  /**
   * Enrols whoever knows the code as a new device, once. A device of the same code that was in use
   * is revoked by it.
   *
   * @param typed the code with or without its hyphen, in any case
   * @param actor whose address is limited
   * @return fails with UNAUTHENTICATED, in the same words whether the code is wrong, used, expired
   *     or too many were tried
   */
  public Future<EnrolledDevice> enrol(String typed, AuditActor actor) {
    String address = actor.ip().map(NetworkAddress::networkOf).orElse("");
    if (wrongCodes.exhausted(address)) {
      return refused();
    }
    return codes
        .hash(typed)
        .map(Buffer::buffer)
        .map(hash -> find(hash).compose(school -> enrol(school, hash, actor)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .compose(
            enrolled -> {
              if (enrolled.isPresent()) {
                return Future.succeededFuture(enrolled.get());
              }
              wrongCodes.count(address);
              return refused();
            });
  }

  private Future<Optional<UUID>> find(Buffer hash) {
    return database
        .workerQuery(EnrolmentSql.SCHOOL_OF, Tuple.of(hash))
        .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("school_id")));
  }

  private Future<Optional<EnrolledDevice>> enrol(
      Optional<UUID> school, Buffer hash, AuditActor actor) {
    return school
        .map(id -> database.inSchool(id, connection -> use(connection, id, hash, actor)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<EnrolledDevice>> use(
      SqlConnection connection, UUID school, Buffer hash, AuditActor actor) {
    OffsetDateTime now = Columns.utc(clock.instant());
    return connection
        .preparedQuery(EnrolmentSql.USE)
        .execute(Tuple.of(school, hash, now))
        .compose(
            used ->
                used.size() == 0
                    ? Future.succeededFuture(Optional.empty())
                    : replace(connection, school, used.iterator().next(), now)
                        .compose(device -> tell(connection, school, device, actor)));
  }

  private Future<Optional<EnrolledDevice>> tell(
      SqlConnection connection, UUID school, EnrolledDevice device, AuditActor actor) {
    return audit
        .append(
            connection, act(school, actor, "device.enrolled", "device", device.id(), device.code()))
        .map(Optional.of(device));
  }

  private Future<EnrolledDevice> replace(
      SqlConnection connection, UUID school, Row offer, OffsetDateTime now) {
    String code = offer.getString("code");
    UUID gate = offer.getUUID("gate_id");
    String token = DeviceTokens.newToken(random);
    Tuple device = Tuple.of(school, code, gate, Buffer.buffer(tokens.hash(token)), now);
    return connection
        .preparedQuery(EnrolmentSql.REPLACE)
        .execute(Tuple.of(school, code, now))
        .compose(replaced -> connection.preparedQuery(EnrolmentSql.ENROL).execute(device))
        .map(enrolled -> enrolled.iterator().next().getUUID("id"))
        .compose(
            id ->
                connection
                    .preparedQuery(EnrolmentSql.SURROUNDINGS)
                    .execute(Tuple.of(school))
                    .map(rows -> enrolled(id, token, code, gate, rows)));
  }

  private static EnrolledDevice enrolled(
      UUID id, String token, String code, UUID gateId, RowSet<Row> rows) {
    List<Gate> gates = new ArrayList<>();
    for (Row row : rows) {
      gates.add(new Gate(row.getUUID("id"), row.getString("code"), row.getString("name")));
    }
    Row first = rows.iterator().next();
    return new EnrolledDevice(
        id,
        token,
        code,
        gates.stream().filter(gate -> gate.id().equals(gateId)).findAny().orElseThrow().code(),
        gates,
        first.getString("school"),
        first.getString("timezone"));
  }

  private static Future<UUID> gate(SqlConnection connection, UUID school, String code) {
    return connection
        .preparedQuery(EnrolmentSql.GATE)
        .execute(Tuple.of(school, code))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.failedFuture(unknownGate().asException())
                    : Future.succeededFuture(rows.iterator().next().getUUID("id")));
  }

  static Failure unknownGate() {
    return new Failure(
        Failure.Kind.INVALID_REQUEST,
        "The gate is not known.",
        List.of(new FieldError("/gate_id", "allowed is the code of a gate of the school")));
  }

  private static Future<EnrolledDevice> refused() {
    return Future.failedFuture(
        Failure.of(
                Failure.Kind.UNAUTHENTICATED,
                "This enrolment code is not valid; ask for a new one.")
            .asException());
  }
}
