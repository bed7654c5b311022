package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import porteria.bus.FindNotifications;
import porteria.bus.NotificationPage;
import porteria.bus.NotificationView;
import porteria.bus.NotificationView.Person;
import porteria.bus.ViewNotification;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.Failure;
import porteria.domain.FailureClass;
import porteria.domain.MaskedAddress;
import porteria.domain.MessageType;
import porteria.domain.NotificationStatus;
import porteria.domain.RetryObstacle;

/** Shows staff what became of messages. Ids tell the order: they are version 7. */
final class NotificationLookup {

  private static final String SELECT =
      """
      SELECT n.id, n.type, n.cause, n.student_id, p.full_name AS student, n.guardian_id,
        g.full_name AS guardian, n.channel, n.address, n.template, n.language, n.status,
        n.failure_class, n.error, n.attempt, n.in_doubt, n.created_at, n.due_at, n.sent_at,
        n.delivered_at, CASE WHEN n.status = 'FAILED' THEN {OBSTACLE} END AS obstacle
      FROM notification n
      JOIN guardian g ON g.school_id = n.school_id AND g.id = n.guardian_id
      LEFT JOIN student p ON p.school_id = n.school_id AND p.id = n.student_id
      WHERE n.school_id = $1
      """
          .replace("{OBSTACLE}", RetrySql.OBSTACLE);

  private final Database database;
  private final InstantSource clock;
  private final Duration staleAfter;

  /**
   * @param staleAfter an entry or exit older than this is no longer news
   */
  NotificationLookup(Database database, InstantSource clock, Duration staleAfter) {
    this.clock = clock;
    this.staleAfter = staleAfter;
    this.database = database;
  }

  /** A page, newest first. */
  Future<NotificationPage> find(FindNotifications query) {
    StringBuilder sql = new StringBuilder(SELECT);
    Tuple values = values(query.schoolId());
    // As words of the statement, so that the indexes of few statuses serve.
    query.status().ifPresent(status -> sql.append("AND n.status = '").append(status).append("'\n"));
    query.channel().ifPresent(channel -> and(sql, values, "n.channel = ", channel.name()));
    query.studentId().ifPresent(id -> and(sql, values, "n.student_id = ", id));
    query.guardianId().ifPresent(id -> and(sql, values, "n.guardian_id = ", id));
    query.before().ifPresent(id -> and(sql, values, "n.id < ", id));
    values.addInteger(query.limit() + 1);
    sql.append("ORDER BY n.id DESC LIMIT $").append(values.size());
    return run(query.schoolId(), sql.toString(), values).map(found -> page(found, query.limit()));
  }

  private Tuple values(UUID school) {
    Instant now = clock.instant();
    return Tuple.of(
        school, now.atOffset(ZoneOffset.UTC), now.minus(staleAfter).atOffset(ZoneOffset.UTC));
  }

  private static void and(StringBuilder sql, Tuple values, String condition, Object value) {
    values.addValue(value);
    sql.append("AND ").append(condition).append('$').append(values.size()).append('\n');
  }

  /** One message; fails with NOT_FOUND. */
  Future<NotificationView> view(ViewNotification query) {
    Tuple values = values(query.schoolId()).addUUID(query.id());
    return run(query.schoolId(), SELECT + "AND n.id = $4", values)
        .map(
            found ->
                found.stream()
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Failure.of(Failure.Kind.NOT_FOUND, "There is no such message.")
                                .asException()));
  }

  private Future<List<NotificationView>> run(UUID school, String sql, Tuple values) {
    return database
        .inSchool(school, connection -> connection.preparedQuery(sql).execute(values))
        .map(
            rows -> {
              List<NotificationView> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(view(row)));
              return found;
            });
  }

  private static NotificationPage page(List<NotificationView> found, int limit) {
    if (found.size() <= limit) {
      return new NotificationPage(found, Optional.empty());
    }
    List<NotificationView> items = List.copyOf(found.subList(0, limit));
    return new NotificationPage(items, Optional.of(items.getLast().id()));
  }

  private static NotificationView view(Row row) {
    return new NotificationView(
        row.getUUID("id"),
        Optional.ofNullable(row.getString("type")).map(MessageType::valueOf),
        row.getString("cause"),
        Optional.ofNullable(row.getUUID("student_id"))
            .map(id -> new Person(id, row.getString("student"))),
        new Person(row.getUUID("guardian_id"), row.getString("guardian")),
        Channel.valueOf(row.getString("channel")),
        MaskedAddress.of(row.getString("address")),
        row.getString("template"),
        row.getString("language"),
        NotificationStatus.valueOf(row.getString("status")),
        Optional.ofNullable(row.getString("failure_class")).map(FailureClass::valueOf),
        Optional.ofNullable(row.getString("error")),
        row.getInteger("attempt"),
        row.getBoolean("in_doubt"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("due_at").toInstant(),
        instant(row.getOffsetDateTime("sent_at")),
        instant(row.getOffsetDateTime("delivered_at")),
        Optional.ofNullable(row.getString("obstacle")).map(RetryObstacle::valueOf));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
