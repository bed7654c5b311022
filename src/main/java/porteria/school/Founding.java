package porteria.school;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.db.Database;

/** Founds schools, on the operator's word: no role that serves requests may. */
public final class Founding {

  private static final String FOUND =
      """
      INSERT INTO school (id, slug, name, timezone, created_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (slug) DO NOTHING
      """;

  private final Database database;
  private final AuditTrail audit;
  private final InstantSource clock;

  public Founding(Database database, AuditTrail audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Founds a school without mistakes.
   *
   * @return false, and nothing done, when a school has this slug
   */
  public Future<Boolean> found(NewSchool school) {
    UUID id = UUID.randomUUID();
    return database.asOwner(id, connection -> found(connection, id, school));
  }

  private Future<Boolean> found(SqlConnection connection, UUID id, NewSchool school) {
    AuditEntry act =
        new AuditEntry(
            id,
            new AuditActor(
                AuditActor.Kind.SYSTEM, Optional.empty(), Optional.empty(), Optional.empty()),
            "school.founded",
            "school",
            id.toString(),
            Optional.empty(),
            Optional.of(
                new JsonObject()
                    .put("slug", school.slug())
                    .put("name", school.name())
                    .put("timezone", school.timezone())));
    return connection
        .preparedQuery(FOUND)
        .execute(
            Tuple.of(
                id,
                school.slug(),
                school.name(),
                school.timezone(),
                clock.instant().atOffset(ZoneOffset.UTC)))
        .compose(
            done ->
                done.rowCount() == 1
                    ? audit.append(connection, act).map(true)
                    : Future.succeededFuture(false));
  }
}
