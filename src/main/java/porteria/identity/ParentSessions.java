package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.config.SecuritySettings;
import porteria.db.Columns;
import porteria.db.Database;

/** Opens and ends the sessions of guardians. An ended one is refused from then on. */
public final class ParentSessions {

  /** Opens a session of a guardian whom the school still has; forgets those that have run out. */
  private static final String OPEN =
      """
      WITH over AS (
        DELETE FROM guardian_session WHERE school_id = $1 AND guardian_id = $2 AND expires_at < $3)
      INSERT INTO guardian_session (school_id, guardian_id, created_at, expires_at)
      SELECT school_id, id, $3, $4
      FROM guardian
      WHERE school_id = $1 AND id = $2 AND inactive_since IS NULL
      RETURNING id
      """;

  /**
   * As the worker: whether a token's session is open decides whether its school may be looked at.
   */
  private static final String IS_OPEN =
      """
      SELECT 1
      FROM guardian_session session
      JOIN guardian ON guardian.school_id = session.school_id AND guardian.id = session.guardian_id
      WHERE session.school_id = $1 AND session.id = $2 AND session.guardian_id = $3
        AND session.revoked_at IS NULL AND session.expires_at > $4
        AND guardian.inactive_since IS NULL
      """;

  private static final String END =
      """
      UPDATE guardian_session SET revoked_at = $4
      WHERE school_id = $1 AND guardian_id = $2 AND (id = $3 OR $5) AND revoked_at IS NULL
      """;

  private final Database database;
  private final AuditTrail audit;
  private final Duration life;
  private final InstantSource clock;

  public ParentSessions(
      Database database, AuditTrail audit, SecuritySettings settings, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.life = settings.sessionLife();
    this.clock = clock;
  }

  /** For how long a guardian stays in. */
  public Duration life() {
    return life;
  }

  /** Opens a session; empty when the school has the guardian no more. */
  Future<Optional<ParentSession>> open(SqlConnection transaction, UUID school, UUID guardian) {
    Instant now = clock.instant();
    return transaction
        .preparedQuery(OPEN)
        .execute(Tuple.of(school, guardian, Columns.utc(now), Columns.utc(now.plus(life))))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new ParentSession(school, guardian, row.getUUID("id")))
                    .findFirst());
  }

  /** Whether a session that a token names has neither been ended nor run out. */
  public Future<Boolean> isOpen(ParentSession session) {
    return database
        .workerQuery(
            IS_OPEN,
            Tuple.of(
                session.schoolId(),
                session.sessionId(),
                session.guardianId(),
                Columns.utc(clock.instant())))
        .map(rows -> rows.size() > 0);
  }

  /**
   * Ends a session; one that has ended stays so.
   *
   * @param everywhere whether with all the others that the guardian has at this school
   */
  public Future<Void> end(ParentSession session, boolean everywhere, AuditActor actor) {
    Tuple ended =
        Tuple.of(
            session.schoolId(),
            session.guardianId(),
            session.sessionId(),
            Columns.utc(clock.instant()),
            everywhere);
    return database.inSchool(
        session.schoolId(),
        transaction ->
            transaction
                .preparedQuery(END)
                .execute(ended)
                .compose(
                    done ->
                        done.rowCount() == 0
                            ? Future.succeededFuture()
                            : audit.append(transaction, revoked(session, done.rowCount(), actor))));
  }

  private static AuditEntry revoked(ParentSession session, int sessions, AuditActor actor) {
    return new AuditEntry(
        session.schoolId(),
        actor,
        "session.revoked",
        "guardian_session",
        session.sessionId().toString(),
        Optional.empty(),
        Optional.of(new JsonObject().put("sessions", sessions)));
  }
}
