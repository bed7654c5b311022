package porteria.roster;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.db.Database;

/**
 * Forgets people who ask for it: name, number, contacts and links, cards, what messages said and
 * where they went. Events stay, of nobody. It cannot be undone.
 */
public final class Erasure {

  /**
   * Why somebody is erased. A closed list: the audit trail keeps it for ever, and free text would
   * bring the person's data back in.
   */
  public enum Reason {
    REQUESTED,
    LEFT_SCHOOL,
    ENTERED_BY_MISTAKE
  }

  /** An import under way ends first, within its own time; see {@link RosterImport}. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final Kind STUDENT =
      new Kind(
          "student.erased",
          ErasureSql.STUDENT,
          ErasureSql.STUDENT_ERASED,
          ErasureSql.AROUND_STUDENT);
  private static final Kind GUARDIAN =
      new Kind(
          "guardian.erased",
          ErasureSql.GUARDIAN,
          ErasureSql.GUARDIAN_ERASED,
          ErasureSql.AROUND_GUARDIAN);

  private final Database database;
  private final Acts acts;
  private final InstantSource clock;

  Erasure(Database database, Acts acts, InstantSource clock) {
    this.database = database;
    this.acts = acts;
    this.clock = clock;
  }

  /** Erases a pupil; answers when that was done first, fails with NOT_FOUND. */
  public Future<Instant> student(UUID school, UUID id, Reason reason, AuditActor actor) {
    return erase(STUDENT, school, id, reason, actor);
  }

  /** Erases a guardian; answers when that was done first, fails with NOT_FOUND. */
  public Future<Instant> guardian(UUID school, UUID id, Reason reason, AuditActor actor) {
    return erase(GUARDIAN, school, id, reason, actor);
  }

  private Future<Instant> erase(Kind kind, UUID school, UUID id, Reason reason, AuditActor actor) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
    return database.inSchool(
        school,
        PATIENCE,
        connection ->
            // An import writes anew what it read before: it must not have read who is erased now.
            connection
                .preparedQuery(ImportSql.LOCK)
                .execute(Tuple.of(school))
                .compose(
                    alone ->
                        connection.preparedQuery(kind.person()).execute(Tuple.of(school, id, at)))
                .compose(
                    erased ->
                        erased.rowCount() == 0
                            ? erasedBefore(connection, kind, school, id)
                            : around(connection, kind.around(), Tuple.of(school, id, at))
                                .compose(
                                    gone ->
                                        acts.append(
                                            connection,
                                            school,
                                            actor,
                                            kind.action(),
                                            id,
                                            Optional.of(
                                                new JsonObject().put("reason", reason.name()))))
                                .map(now)));
  }

  private static Future<Instant> erasedBefore(
      SqlConnection connection, Kind kind, UUID school, UUID id) {
    return connection
        .preparedQuery(kind.erased())
        .execute(Tuple.of(school, id))
        .compose(
            rows -> References.one(rows, row -> row.getOffsetDateTime("erased_at").toInstant()));
  }

  private static Future<Void> around(
      SqlConnection connection, List<String> statements, Tuple parameters) {
    Future<Void> done = Future.succeededFuture();
    for (String statement : statements) {
      done =
          done.compose(next -> connection.preparedQuery(statement).execute(parameters).mapEmpty());
    }
    return done;
  }

  /** A kind of person: its row, how to tell that it is erased, and all that stands around it. */
  private record Kind(String action, String person, String erased, List<String> around) {}
}
