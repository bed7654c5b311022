package porteria.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import porteria.db.Database;
import porteria.domain.Failure;

/** What the trail of a school holds, for those who may look. */
public final class AuditLog {

  /** More than this in one file are refused, not cut off: an export is all that was asked for. */
  static final int LARGEST_EXPORT = 20_000;

  private static final String FIND =
      """
      SELECT %s
      FROM audit_log
      WHERE school_id = $1
        AND ($2::uuid IS NULL OR actor_id = $2)
        AND ($3::text IS NULL OR action = $3)
        AND ($4::text[] IS NULL OR entity = ANY ($4))
        AND ($5::text IS NULL OR entity_id = $5)
        AND ($6::timestamptz IS NULL OR at >= $6)
        AND ($7::timestamptz IS NULL OR at < $7)
        AND ($8::bigint IS NULL OR seq < $8)
      ORDER BY seq DESC
      LIMIT $9
      """
          .formatted(StoredEntry.COLUMNS);

  private final Database database;
  private final AuditTrail trail;

  public AuditLog(Database database, AuditTrail trail) {
    this.database = database;
    this.trail = trail;
  }

  /** A page of at most {@code limit} entries. */
  public Future<AuditPage> find(AuditQuery query, int limit) {
    return database
        .inSchool(query.schoolId(), transaction -> find(transaction, query, limit + 1))
        .map(
            found ->
                found.size() <= limit
                    ? new AuditPage(found, Optional.empty())
                    : new AuditPage(
                        found.subList(0, limit), Optional.of(found.get(limit - 1).seq())));
  }

  /**
   * Everything that fits, newest first. That it was taken out is an entry of its own, in the same
   * transaction, which is not among them.
   *
   * @return fails with INVALID_REQUEST when it is more than one export may hold
   */
  public Future<List<StoredEntry>> export(AuditQuery query, AuditActor actor) {
    return database.inSchool(
        query.schoolId(),
        transaction ->
            find(transaction, query, LARGEST_EXPORT + 1)
                .compose(
                    found ->
                        found.size() > LARGEST_EXPORT
                            ? Future.failedFuture(tooLarge().asException())
                            : trail
                                .append(transaction, exported(query, actor, found.size()))
                                .map(found)));
  }

  private static Future<List<StoredEntry>> find(
      SqlConnection transaction, AuditQuery query, int limit) {
    return transaction
        .preparedQuery(FIND)
        .execute(
            Tuple.tuple()
                .addUUID(query.schoolId())
                .addValue(query.actor().orElse(null))
                .addValue(query.action().orElse(null))
                .addArrayOfString(query.entity().map(AuditLog::names).orElse(null))
                .addValue(query.entityId().orElse(null))
                .addValue(time(query.from()))
                .addValue(time(query.to()))
                .addValue(query.below().orElse(null))
                .addInteger(limit))
        .map(rows -> rows.stream().map(StoredEntry::of).toList());
  }

  /** What an entity is called, and was called before: entries are never changed. */
  private static String[] names(String entity) {
    return entity.equals("attendance_event")
        ? new String[] {entity, "event"}
        : new String[] {entity};
  }

  private static @Nullable OffsetDateTime time(Optional<Instant> time) {
    return time.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
  }

  private static AuditEntry exported(AuditQuery query, AuditActor actor, int entries) {
    JsonObject what = new JsonObject().put("entries", entries);
    query.actor().map(UUID::toString).ifPresent(id -> what.put("actor", id));
    query.action().ifPresent(action -> what.put("action", action));
    query.entity().ifPresent(entity -> what.put("entity", entity));
    query.entityId().ifPresent(id -> what.put("entity_id", id));
    query.from().ifPresent(from -> what.put("from", from.toString()));
    query.to().ifPresent(to -> what.put("to", to.toString()));
    return new AuditEntry(
        query.schoolId(),
        actor,
        "audit.exported",
        "audit_log",
        query.schoolId().toString(),
        Optional.empty(),
        Optional.of(what));
  }

  private static Failure tooLarge() {
    return Failure.of(
        Failure.Kind.INVALID_REQUEST,
        "More than %d entries fit: narrow it with from and to.".formatted(LARGEST_EXPORT));
  }
}
