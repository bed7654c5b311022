package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.ByStaff;
import porteria.bus.NotificationQueued;
import porteria.bus.RetriedNotifications;
import porteria.bus.RetryNotifications;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.RetryObstacle;
import porteria.outbox.Broadcasts;

/** Sends dead letters again, on the word of staff, where that still makes sense. */
final class Retry {

  /** What failed longer ago is sent again only one by one. */
  private static final Duration RECENT = Duration.ofDays(1);

  private static final int MOST = 10_000;

  private final Database database;
  private final AuditTrail trail;
  private final Bus bus;
  private final InstantSource clock;
  private final Duration staleAfter;

  /**
   * @param staleAfter an entry or exit older than this is no longer news
   */
  Retry(Database database, AuditTrail trail, Bus bus, InstantSource clock, Duration staleAfter) {
    this.database = database;
    this.trail = trail;
    this.bus = bus;
    this.clock = clock;
    this.staleAfter = staleAfter;
  }

  /** Queues what is asked for; fails with NOT_FOUND, or CONFLICT for one that may not be sent. */
  Future<RetriedNotifications> retry(RetryNotifications command) {
    return database
        .inSchool(
            command.by().schoolId(),
            Broadcasts.PATIENCE,
            connection ->
                command
                    .id()
                    .map(id -> one(connection, command, id))
                    .orElseGet(() -> all(connection, command)))
        .onSuccess(done -> bus.hint(Addresses.NOTIFICATION_QUEUED, new NotificationQueued()));
  }

  private Future<RetriedNotifications> one(
      SqlConnection connection, RetryNotifications command, UUID id) {
    return connection
        .preparedQuery(RetrySql.ONE)
        .execute(now(command).addUUID(id))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return failed(Failure.Kind.NOT_FOUND, "There is no such message.");
              }
              Optional<RetryObstacle> obstacle =
                  Optional.ofNullable(rows.iterator().next().getString("obstacle"))
                      .map(RetryObstacle::valueOf);
              return obstacle.isPresent()
                  ? failed(Failure.Kind.CONFLICT, obstacle.get().sentence())
                  : note(
                          connection,
                          command.by(),
                          "notification.retried",
                          "notification",
                          id,
                          new JsonObject())
                      .map(new RetriedNotifications(1, 0));
            });
  }

  private Future<RetriedNotifications> all(SqlConnection connection, RetryNotifications command) {
    Tuple wanted =
        now(command)
            .addOffsetDateTime(since(command).atOffset(ZoneOffset.UTC))
            .addString(command.failureClass().map(Enum::name).orElse(null))
            .addString(command.channel().map(Enum::name).orElse(null))
            .addInteger(MOST)
            .addUUID(command.causeId().orElse(null));
    return connection
        .query(RetrySql.PLAN_BY_INDEX)
        .execute()
        .compose(planned -> connection.preparedQuery(RetrySql.ALL).execute(wanted))
        .map(rows -> rows.iterator().next())
        .map(row -> new RetriedNotifications(row.getInteger("queued"), row.getInteger("kept")))
        .compose(done -> note(connection, command, done).map(done));
  }

  private Instant since(RetryNotifications command) {
    return command.causeId().isPresent() ? Instant.EPOCH : clock.instant().minus(RECENT);
  }

  private Future<Void> note(
      SqlConnection connection, RetryNotifications command, RetriedNotifications done) {
    JsonObject said = new JsonObject().put("queued", done.queued()).put("left", done.left());
    command.failureClass().ifPresent(each -> said.put("failure_class", each.name()));
    command.channel().ifPresent(each -> said.put("channel", each.name()));
    if (command.causeId().isPresent()) {
      UUID cause = command.causeId().get();
      return note(connection, command.by(), "broadcast.retried", "broadcast", cause, said);
    }
    UUID school = command.by().schoolId();
    return note(connection, command.by(), "notifications.retried", "school", school, said);
  }

  private Future<Void> note(
      SqlConnection connection,
      ByStaff by,
      String action,
      String entity,
      UUID id,
      JsonObject after) {
    return trail.append(
        connection,
        new AuditEntry(
            by.schoolId(),
            actor(by),
            action,
            entity,
            id.toString(),
            Optional.empty(),
            Optional.of(after)));
  }

  static AuditActor actor(ByStaff by) {
    return AuditActor.staff(by.staffId(), by.role(), by.ip());
  }

  private Tuple now(RetryNotifications command) {
    Instant now = clock.instant();
    return Tuple.of(
        command.by().schoolId(),
        now.atOffset(ZoneOffset.UTC),
        now.minus(staleAfter).atOffset(ZoneOffset.UTC));
  }

  private static <T> Future<T> failed(Failure.Kind kind, String detail) {
    return Future.failedFuture(Failure.of(kind, detail).asException());
  }
}
