package porteria.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.config.DatabaseSettings;
import porteria.db.Database;
import porteria.domain.Role;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.Results;
import porteria.testkit.SettableClock;
import porteria.testkit.Sql;
import porteria.testkit.TestServers;

/** A fresh database, acts within its schools, and a superuser who can do harm to it. */
final class AuditDatabase implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-02T11:00:00.123456789Z");

  private static final String CHAIN =
      "SELECT " + StoredEntry.COLUMNS + " FROM audit_log WHERE school_id = $1 ORDER BY seq";

  private final Vertx vertx = Vertx.vertx();
  private final SettableClock clock = new SettableClock(NOW);
  private final AuditTrail trail = new AuditTrail(clock);
  private final DatabaseSettings settings;
  private final Database database;
  private final Sql superuser;

  AuditDatabase(TestServers servers) {
    settings = MigratedDatabase.create(servers);
    database = Database.open(vertx, settings);
    superuser = new Sql(servers.superuser().onDatabase(settings.database()));
  }

  DatabaseSettings settings() {
    return settings;
  }

  Database database() {
    return database;
  }

  AuditTrail trail() {
    return trail;
  }

  Sql superuser() {
    return superuser;
  }

  UUID school(String slug) {
    return superuser.id(
        "INSERT INTO school (slug, name, timezone, created_at)"
            + " VALUES (?, 'Colegio', 'America/Santiago', '2026-01-01Z') RETURNING id",
        slug);
  }

  Future<Void> acting(AuditEntry entry) {
    return database.inSchool(entry.schoolId(), transaction -> trail.append(transaction, entry));
  }

  void act(UUID school, String entityId) {
    Results.of(acting(entry(school, entityId)));
  }

  /** Does something that only one whom the triggers do not stop can do. */
  void tamper(String sql, Object... parameters) {
    superuser.lines("SET session_replication_role = replica");
    superuser.lines(sql, parameters);
    superuser.lines("SET session_replication_role = DEFAULT");
  }

  /** The entries of a school in their order, as the web role sees them. */
  List<StoredEntry> chain(UUID school) {
    return Results.of(
        database.inSchool(
            school,
            transaction ->
                transaction
                    .preparedQuery(CHAIN)
                    .execute(Tuple.of(school))
                    .map(rows -> rows.stream().map(StoredEntry::of).toList())));
  }

  static AuditEntry entry(UUID school, String entityId) {
    return new AuditEntry(
        school,
        new AuditActor(
            AuditActor.Kind.STAFF,
            Optional.of(UUID.fromString("0197f1c6-0000-7000-8000-000000000001")),
            Optional.of(Role.ADMIN),
            Optional.of("2001:db8::7")),
        "staff.role_changed",
        "staff_user",
        entityId,
        Optional.of(new JsonObject().put("role", "TEACHER")),
        Optional.of(new JsonObject().put("role", "DIRECTOR").put("ñ", 1.50)));
  }

  @Override
  public void close() {
    superuser.close();
    Results.of(database.close());
    Results.of(vertx.close());
  }
}
