package porteria.audit;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Where acts are written down. */
public final class AuditTrail {

  private static final String APPEND =
      """
      INSERT INTO audit_log (school_id, at, actor_kind, actor_id, actor_role, ip, action, entity,
        entity_id, before, after)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;

  private final InstantSource clock;

  public AuditTrail(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Adds an entry, now, in the transaction of its act. From here to the transaction's end other
   * acts of the school wait, so this is the last that a transaction does.
   *
   * @param transaction of the web role, that names the school ({@link
   *     porteria.db.Database#inSchool})
   */
  public Future<Void> append(SqlConnection transaction, AuditEntry entry) {
    return transaction.preparedQuery(APPEND).execute(row(entry)).mapEmpty();
  }

  private Tuple row(AuditEntry entry) {
    AuditActor actor = entry.actor();
    return Tuple.tuple()
        .addUUID(entry.schoolId())
        .addOffsetDateTime(clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
        .addString(actor.kind().name())
        .addValue(actor.id().orElse(null))
        .addValue(actor.role().map(Enum::name).orElse(null))
        .addValue(actor.ip().orElse(null))
        .addString(entry.action())
        .addString(entry.entity())
        .addString(entry.entityId())
        .addValue(entry.before().orElse(null))
        .addValue(entry.after().orElse(null));
  }
}
