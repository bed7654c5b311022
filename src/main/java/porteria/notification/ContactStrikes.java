package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.SuppressionReason;
import porteria.outbox.Suppressions;
import porteria.outbox.Suppressions.Suppressed;

/**
 * Messages that could not reach their recipient. An address with three of them, and none between
 * that was delivered, is not written to any more.
 */
final class ContactStrikes {

  private static final String STRIKE =
      """
      INSERT INTO contact_strike (school_id, channel, address, notification_id, struck_at)
      SELECT school_id, channel, address, id, $5
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[])
        AS s (school_id, channel, address, id)
      WHERE address <> ''
      ORDER BY address, channel, school_id, id
      ON CONFLICT DO NOTHING
      """;

  /** Of all addresses, so that two nodes that each saw the second do not both wait for a third. */
  private static final String OUT =
      """
      DELETE FROM contact_strike s
      USING (
        SELECT address, channel, school_id FROM contact_strike
        GROUP BY address, channel, school_id
        HAVING count(*) >= 3
      ) third
      WHERE s.address = third.address AND s.channel = third.channel
        AND s.school_id = third.school_id
      RETURNING s.school_id, s.channel, s.address
      """;

  private ContactStrikes() {}

  /** Notes that these messages were refused for their recipient, and what follows from it. */
  static Future<Void> strike(Database database, List<ClaimedMessage> refused, Instant now) {
    if (refused.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple struck =
        Tuple.of(
            refused.stream().map(ClaimedMessage::schoolId).toArray(UUID[]::new),
            refused.stream().map(each -> each.channel().name()).toArray(String[]::new),
            refused.stream()
                .map(each -> each.address().toLowerCase(Locale.ROOT))
                .toArray(String[]::new),
            refused.stream().map(ClaimedMessage::id).toArray(UUID[]::new),
            now.atOffset(ZoneOffset.UTC));
    return database.asWorker(
        connection ->
            connection
                .preparedQuery(STRIKE)
                .execute(struck)
                .compose(done -> suppressStruckOut(connection, now)));
  }

  /**
   * Switches off what was struck for the third time.
   *
   * @param connection in a transaction of the worker role, after the strike
   */
  static Future<Void> suppressStruckOut(SqlConnection connection, Instant now) {
    return connection
        .preparedQuery(OUT)
        .execute()
        .compose(gone -> Suppressions.add(connection, unreachable(gone), now));
  }

  private static Set<Suppressed> unreachable(RowSet<Row> rows) {
    Set<Suppressed> addresses = new HashSet<>();
    rows.forEach(
        row ->
            addresses.add(
                new Suppressed(
                    row.getUUID("school_id"),
                    Channel.valueOf(row.getString("channel")),
                    row.getString("address"),
                    SuppressionReason.UNREACHABLE)));
    return addresses;
  }
}
