package porteria.tag;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.domain.Failure;

/**
 * One change to the cards of a school, inside its transaction.
 *
 * @param at when, to the database's precision
 */
record CardChange(
    SqlConnection connection, AuditTrail audit, UUID schoolId, AuditActor actor, Instant at) {

  /** Begins a change, once every other of this school has ended. */
  static Future<CardChange> begin(
      SqlConnection connection,
      AuditTrail audit,
      InstantSource clock,
      UUID schoolId,
      AuditActor actor) {
    return connection
        .preparedQuery(TagSql.LOCK_CARDS)
        .execute(Tuple.of(schoolId))
        .map(
            locked ->
                new CardChange(
                    connection,
                    audit,
                    schoolId,
                    actor,
                    clock.instant().truncatedTo(ChronoUnit.MICROS)));
  }

  /** Fails with NOT_FOUND without such a pupil, with CONFLICT when no card of theirs would do. */
  Future<Void> requireActive(UUID studentId) {
    return run(TagSql.PUPIL, Tuple.of(schoolId, studentId, time()))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return fail(Failure.Kind.NOT_FOUND, "There is no such pupil.");
              }
              return rows.iterator().next().getBoolean("inactive")
                  ? fail(Failure.Kind.CONFLICT, "This pupil is no longer active.")
                  : Future.succeededFuture();
            });
  }

  Future<RowSet<Row>> run(String statement, Tuple parameters) {
    return connection.preparedQuery(statement).execute(parameters);
  }

  /** Writes it into the trail; the last that is done. */
  Future<Void> note(String action, String entity, Object entityId, JsonObject after) {
    return audit.append(
        connection,
        new AuditEntry(
            schoolId,
            actor,
            action,
            entity,
            entityId.toString(),
            Optional.empty(),
            Optional.of(after)));
  }

  /** The time of the change as the database takes it. */
  OffsetDateTime time() {
    return at.atOffset(ZoneOffset.UTC);
  }

  static <T> Future<T> fail(Failure.Kind kind, String detail) {
    return Future.failedFuture(Failure.of(kind, detail).asException());
  }
}
