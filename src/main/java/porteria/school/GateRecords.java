package porteria.school;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Gate;

/**
 * The gates of a school. Kiosks come to know of a gate, and of its new name, within the seconds
 * that what is known of them is remembered.
 */
public final class GateRecords {

  /** A school has a few. */
  private static final String ALL =
      "SELECT id, code, name FROM gate WHERE school_id = $1 ORDER BY code LIMIT 1000";

  /** Scans that are refused go on referring to the gate meanwhile. */
  private static final String FIND_TO_CHANGE =
      "SELECT id, code, name FROM gate WHERE school_id = $1 AND id = $2 FOR NO KEY UPDATE";

  private static final String CREATE =
      "INSERT INTO gate (school_id, code, name) VALUES ($1, $2, $3) RETURNING id, code, name";

  private static final String RENAME =
      "UPDATE gate SET name = $3 WHERE school_id = $1 AND id = $2 RETURNING id, code, name";

  private final Database database;
  private final AuditTrail audit;

  public GateRecords(Database database, AuditTrail audit) {
    this.database = database;
    this.audit = audit;
  }

  /** All gates, by code. */
  public Future<List<Gate>> list(UUID school) {
    return database
        .inSchool(school, connection -> connection.preparedQuery(ALL).execute(Tuple.of(school)))
        .map(rows -> rows.stream().map(GateRecords::gate).toList());
  }

  /** Adds a gate; fails with CONFLICT when another has the code. */
  public Future<Gate> create(UUID school, String code, String name, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(CREATE)
                .execute(Tuple.of(school, code, tidy(name)))
                .map(rows -> gate(rows.iterator().next()))
                .compose(
                    made ->
                        note(
                            connection,
                            school,
                            actor,
                            "gate.created",
                            Optional.empty(),
                            new JsonObject().put("code", made.code()).put("name", made.name()),
                            made)));
  }

  /** Calls a gate otherwise; fails with NOT_FOUND. */
  public Future<Gate> rename(UUID school, UUID id, String name, AuditActor actor) {
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(FIND_TO_CHANGE)
                .execute(Tuple.of(school, id))
                .map(rows -> rows.stream().findFirst().map(GateRecords::gate))
                .compose(
                    found ->
                        found
                            .map(before -> rename(connection, school, before, tidy(name), actor))
                            .orElseGet(GateRecords::none)));
  }

  private Future<Gate> rename(
      SqlConnection connection, UUID school, Gate before, String name, AuditActor actor) {
    if (before.name().equals(name)) {
      return Future.succeededFuture(before);
    }
    return connection
        .preparedQuery(RENAME)
        .execute(Tuple.of(school, before.id(), name))
        .map(rows -> gate(rows.iterator().next()))
        .compose(
            after ->
                note(
                    connection,
                    school,
                    actor,
                    "gate.changed",
                    Optional.of(new JsonObject().put("name", before.name())),
                    new JsonObject().put("name", after.name()),
                    after));
  }

  private Future<Gate> note(
      SqlConnection connection,
      UUID school,
      AuditActor actor,
      String action,
      Optional<JsonObject> before,
      JsonObject after,
      Gate gate) {
    return audit
        .append(
            connection,
            new AuditEntry(
                school, actor, action, "gate", gate.id().toString(), before, Optional.of(after)))
        .map(gate);
  }

  private static Future<Gate> none() {
    return Future.failedFuture(
        Failure.of(Failure.Kind.NOT_FOUND, "There is no such gate.").asException());
  }

  private static String tidy(String name) {
    return name.strip().replaceAll("\\s+", " ");
  }

  private static Gate gate(Row row) {
    return new Gate(row.getUUID("id"), row.getString("code"), row.getString("name"));
  }
}
