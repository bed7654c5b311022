package porteria.audit;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry as the database holds it.
 *
 * @param before as the text that PostgreSQL makes of it
 * @param after as the text that PostgreSQL makes of it
 * @param previousHash 32 bytes
 * @param hash 32 bytes
 */
public record StoredEntry(
    UUID schoolId,
    long seq,
    Instant at,
    String actorKind,
    Optional<UUID> actorId,
    Optional<String> actorRole,
    Optional<String> ip,
    String action,
    String entity,
    String entityId,
    Optional<String> before,
    Optional<String> after,
    Buffer previousHash,
    Buffer hash) {

  /** What {@link #of} reads. */
  static final String COLUMNS =
      """
      school_id, seq, at, actor_kind, actor_id, actor_role, ip, action, entity, entity_id,
      before::text AS before, after::text AS after, previous_hash, hash\
      """;

  static StoredEntry of(Row row) {
    return new StoredEntry(
        row.getUUID("school_id"),
        row.getLong("seq"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("actor_kind"),
        Optional.ofNullable(row.getUUID("actor_id")),
        Optional.ofNullable(row.getString("actor_role")),
        Optional.ofNullable(row.getString("ip")),
        row.getString("action"),
        row.getString("entity"),
        row.getString("entity_id"),
        Optional.ofNullable(row.getString("before")),
        Optional.ofNullable(row.getString("after")),
        row.getBuffer("previous_hash"),
        row.getBuffer("hash"));
  }
}
