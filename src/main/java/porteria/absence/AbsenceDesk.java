package porteria.absence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.db.Database;
import porteria.outbox.AbsenceMessages;

/** What staff do with requests. */
public final class AbsenceDesk {

  private final Database database;
  private final Acts acts;
  private final InstantSource clock;

  AbsenceDesk(Database database, Acts acts, InstantSource clock) {
    this.database = database;
    this.acts = acts;
    this.clock = clock;
  }

  /** Requests of the school, the latest first. */
  public Future<AbsencePage> list(UUID school, AbsenceQuery query) {
    return database.inSchool(
        school, connection -> AbsenceRows.list(connection, school, query, Optional.empty()));
  }

  /**
   * Approves a request; the guardian who submitted it is owed word of it in the same commit.
   *
   * @param staff who approves
   * @return as kept; fails with NOT_FOUND, or with CONFLICT when it is not pending any more
   */
  public Future<AbsenceRequest> approve(
      UUID school, UUID id, UUID staff, Optional<String> reason, AuditActor actor) {
    return resolve(school, id, staff, AbsenceStatus.APPROVED, reason, actor);
  }

  /**
   * Rejects a request; the guardian who submitted it is owed word of it in the same commit.
   *
   * @param staff who rejects
   * @return as kept; fails with NOT_FOUND, or with CONFLICT when it is not pending any more
   */
  public Future<AbsenceRequest> reject(
      UUID school, UUID id, UUID staff, String reason, AuditActor actor) {
    return resolve(school, id, staff, AbsenceStatus.REJECTED, Optional.of(reason), actor);
  }

  private Future<AbsenceRequest> resolve(
      UUID school,
      UUID id,
      UUID staff,
      AbsenceStatus resolved,
      Optional<String> reason,
      AuditActor actor) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Tuple decision =
        Tuple.tuple()
            .addUUID(school)
            .addUUID(id)
            .addString(resolved.name())
            .addUUID(staff)
            .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
            .addString(reason.orElse(null));
    String action = "absence." + resolved.name().toLowerCase(Locale.ROOT);
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(AbsenceSql.RESOLVE)
                .execute(decision)
                .compose(
                    rows ->
                        rows.size() == 0
                            ? AbsenceRows.<Void>notPending(connection, school, id, Optional.empty())
                            : tell(
                                connection, school, rows.iterator().next(), resolved, reason, now))
                .compose(told -> AbsenceRows.find(connection, school, id))
                .compose(
                    request -> acts.append(connection, school, actor, action, id).map(request)));
  }

  private static Future<Void> tell(
      SqlConnection connection,
      UUID school,
      Row request,
      AbsenceStatus resolved,
      Optional<String> reason,
      Instant now) {
    return AbsenceMessages.owe(
        connection,
        school,
        new AbsenceMessages.Decision(
            request.getUUID("id"),
            request.getUUID("student_id"),
            request.getUUID("guardian_id"),
            request.getLocalDate("from_date"),
            request.getLocalDate("to_date"),
            resolved == AbsenceStatus.APPROVED,
            reason),
        now);
  }
}
