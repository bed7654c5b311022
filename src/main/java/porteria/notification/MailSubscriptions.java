package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import porteria.bus.Subscription;
import porteria.bus.Unsubscribe;
import porteria.bus.ViewSubscription;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.Failure;
import porteria.domain.SuppressionReason;
import porteria.outbox.Suppressions;
import porteria.outbox.Suppressions.Suppressed;

/** The links to unsubscribe that mails carry. The caller has made sure that a link is ours. */
final class MailSubscriptions {

  /** Of a mail whose guardian was erased nothing is known any more. */
  private static final String FIND =
      """
      SELECT n.school_id, n.address, n.language, s.name AS school,
        NOT EXISTS (
          SELECT FROM contact_suppression off
          WHERE off.address = lower(n.address) AND off.channel = 'EMAIL'
            AND off.school_id = n.school_id
            AND off.reason IN ('UNSUBSCRIBED', 'COMPLAINED')) AS active
      FROM notification n
      JOIN school s ON s.id = n.school_id
      WHERE n.id = $1 AND n.channel = 'EMAIL' AND n.address <> ''
      """;

  private final Database database;
  private final InstantSource clock;

  MailSubscriptions(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Whose mail a message is; fails with NOT_FOUND. */
  Future<Subscription> view(ViewSubscription asked) {
    return database
        .workerQuery(FIND, Tuple.of(asked.notification()))
        .map(rows -> subscription(one(rows)));
  }

  /** Stops the school's mail to the mailbox of a message; fails with NOT_FOUND. */
  Future<Subscription> end(Unsubscribe wish) {
    return database.asWorker(connection -> end(connection, wish.notification()));
  }

  private Future<Subscription> end(SqlConnection connection, UUID notification) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(notification))
        .compose(
            rows -> {
              Row mail = one(rows);
              Suppressed ended =
                  new Suppressed(
                      mail.getUUID("school_id"),
                      Channel.EMAIL,
                      mail.getString("address"),
                      SuppressionReason.UNSUBSCRIBED);
              return Suppressions.add(connection, List.of(ended), clock.instant())
                  .map(subscription(mail));
            });
  }

  private static Row one(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Failure.of(Failure.Kind.NOT_FOUND, "There is no such mail any more.").asException();
    }
    return rows.iterator().next();
  }

  private static Subscription subscription(Row row) {
    return new Subscription(
        row.getString("school"), row.getString("language"), row.getBoolean("active"));
  }
}
