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
import porteria.bus.NotificationDue;
import porteria.bus.RetriedNotifications;
import porteria.bus.RetryNotifications;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.outbox.Announcements;

/** Sends dead letters again, on the word of staff, where that still makes sense. */
final class Retry {

  /** What failed longer ago is sent again only one by one. */
  private static final Duration RECENT = Duration.ofDays(1);

  private static final int MOST = 10_000;

  /**
   * Why a message may not be sent again: null when it may. {@code now} is $2, what entries and
   * exits must not be older than $3.
   */
  private static final String OBSTACLE =
      """
      CASE
        WHEN n.status <> 'FAILED' THEN 'NOT_FAILED'
        WHEN n.recalled THEN 'RECALLED'
        WHEN n.expires_at <= $2::timestamptz
          OR (n.cause = 'MAGIC_LINK' AND n.created_at <= $2::timestamptz - interval '10 minutes')
          OR (n.cause IN ('ENTRY', 'EXIT') AND NOT EXISTS (
            SELECT FROM attendance_event e
            WHERE e.school_id = n.school_id AND e.id = n.cause_id AND e.annulled_at IS NULL
              AND e.occurred_at >= $3::timestamptz))
          OR (n.cause IN ('NO_SHOW', 'NO_SHOW_GATE_OFFLINE') AND NOT EXISTS (
            SELECT FROM no_show missing
            WHERE missing.school_id = n.school_id AND missing.id = n.cause_id
              AND missing.status = 'RAISED'))
          OR (n.cause IN ('NO_SHOW', 'NO_SHOW_GATE_OFFLINE') AND EXISTS (
            SELECT FROM no_show missing
            JOIN school s ON s.id = missing.school_id
            JOIN attendance_event e ON {SEEN_THAT_DAY}
            WHERE missing.school_id = n.school_id AND missing.id = n.cause_id))
          OR (n.cause IN ('NO_SHOW', 'NO_SHOW_GATE_OFFLINE') AND EXISTS (
            SELECT FROM no_show missing
            JOIN absence_request a ON a.school_id = missing.school_id
              AND a.student_id = missing.student_id AND a.status = 'APPROVED'
              AND missing.day BETWEEN a.from_date AND a.to_date
            WHERE missing.school_id = n.school_id AND missing.id = n.cause_id))
          THEN 'NO_NEWS'
        WHEN NOT EXISTS (
            SELECT FROM guardian g
            JOIN guardian_contact contact ON contact.school_id = g.school_id
              AND contact.guardian_id = g.id
            WHERE g.school_id = n.school_id AND g.inactive_since IS NULL
              AND contact.channel = n.channel AND contact.address = n.address
              AND (CASE WHEN n.student_id IS NULL THEN g.id = n.guardian_id
                ELSE EXISTS (
                  SELECT FROM student_guardian sg
                  WHERE sg.school_id = g.school_id AND sg.student_id = n.student_id
                    AND sg.guardian_id = g.id) END))
          THEN 'NOT_THEIRS'
        WHEN EXISTS (
            SELECT FROM contact_suppression c
            WHERE c.school_id = n.school_id AND c.channel = n.channel
              AND c.address = lower(n.address))
          THEN 'NOT_WANTED'
        WHEN n.channel = 'WHATSAPP' AND EXISTS (
            SELECT FROM notification mail
            WHERE mail.school_id = n.school_id AND mail.cause_id = n.cause_id
              AND mail.cause = n.cause AND mail.guardian_id = n.guardian_id
              AND mail.channel = 'EMAIL' AND mail.status NOT IN ('FAILED', 'CANCELLED'))
          THEN 'TOLD_BY_MAIL'
      END AS obstacle
      """
          .replace("{SEEN_THAT_DAY}", Announcements.SEEN_THAT_DAY);

  private static final String QUEUE =
      """
      , queued AS (
        UPDATE notification n
        SET status = 'QUEUED', due_at = $2::timestamptz, failure_class = NULL, error = NULL,
          fallback_at = NULL
        FROM judged j
        WHERE n.school_id = $1 AND n.id = j.id AND j.obstacle IS NULL
        RETURNING n.id
      )
      """;

  private static final String ONE =
      """
      WITH judged AS MATERIALIZED (
        SELECT n.id, {OBSTACLE}
        FROM notification n
        WHERE n.school_id = $1 AND n.id = $4
        FOR UPDATE OF n
      )
      """
              .replace("{OBSTACLE}", OBSTACLE)
          + QUEUE
          + "SELECT obstacle FROM judged";

  /** What may have been told already is left to people to look at one by one. */
  private static final String ALL =
      """
      WITH judged AS MATERIALIZED (
        SELECT n.id, {OBSTACLE}
        FROM notification n
        WHERE n.school_id = $1 AND n.status = 'FAILED' AND NOT n.in_doubt AND n.created_at >= $4
          AND ($5::text IS NULL OR n.failure_class = $5) AND ($6::text IS NULL OR n.channel = $6)
        ORDER BY n.id
        LIMIT $7
        FOR UPDATE OF n SKIP LOCKED
      )
      """
              .replace("{OBSTACLE}", OBSTACLE)
          + QUEUE
          + "SELECT count(*) FILTER (WHERE obstacle IS NULL)::int AS queued,"
          + " count(obstacle)::int AS kept FROM judged";

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
            connection ->
                command
                    .id()
                    .map(id -> one(connection, command, id))
                    .orElseGet(() -> all(connection, command)))
        .onSuccess(done -> bus.publish(Addresses.NOTIFICATION_DUE, new NotificationDue()));
  }

  private Future<RetriedNotifications> one(
      SqlConnection connection, RetryNotifications command, UUID id) {
    return connection
        .preparedQuery(ONE)
        .execute(now(command).addUUID(id))
        .compose(
            rows -> {
              if (rows.size() == 0) {
                return failed(Failure.Kind.NOT_FOUND, "There is no such message.");
              }
              Optional<String> obstacle =
                  Optional.ofNullable(rows.iterator().next().getString("obstacle"));
              return obstacle.isPresent()
                  ? failed(Failure.Kind.CONFLICT, sentence(obstacle.get()))
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
            .addOffsetDateTime(clock.instant().minus(RECENT).atOffset(ZoneOffset.UTC))
            .addString(command.failureClass().map(Enum::name).orElse(null))
            .addString(command.channel().map(Enum::name).orElse(null))
            .addInteger(MOST);
    return connection
        .preparedQuery(ALL)
        .execute(wanted)
        .map(rows -> rows.iterator().next())
        .map(row -> new RetriedNotifications(row.getInteger("queued"), row.getInteger("kept")))
        .compose(done -> note(connection, command, done).map(done));
  }

  private Future<Void> note(
      SqlConnection connection, RetryNotifications command, RetriedNotifications done) {
    JsonObject said = new JsonObject().put("queued", done.queued()).put("left", done.left());
    command.failureClass().ifPresent(each -> said.put("failure_class", each.name()));
    command.channel().ifPresent(each -> said.put("channel", each.name()));
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
    return new AuditActor(
        AuditActor.Kind.STAFF, Optional.of(by.staffId()), Optional.of(by.role()), by.ip());
  }

  private Tuple now(RetryNotifications command) {
    Instant now = clock.instant();
    return Tuple.of(
        command.by().schoolId(),
        now.atOffset(ZoneOffset.UTC),
        now.minus(staleAfter).atOffset(ZoneOffset.UTC));
  }

  private static String sentence(String obstacle) {
    return switch (obstacle) {
      case "RECALLED" -> "What it told was taken back.";
      case "NO_NEWS" -> "It is no news any more.";
      case "NOT_THEIRS" -> "Nobody who may read it has this address any more.";
      case "NOT_WANTED" ->
          "Nothing is sent to this address any more: it was unsubscribed or failed.";
      case "TOLD_BY_MAIL" -> "The guardian is told by email instead.";
      default -> "Only what failed is sent again.";
    };
  }

  private static <T> Future<T> failed(Failure.Kind kind, String detail) {
    return Future.failedFuture(Failure.of(kind, detail).asException());
  }
}
