package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.db.Columns;
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

  /** Of these addresses alone; their strikes are locked in the order in which they are made. */
  private static final String OUT =
      """
      WITH struck AS MATERIALIZED (
        SELECT s.address, s.channel, s.school_id, s.notification_id
        FROM (SELECT DISTINCT school_id, channel, address
          FROM unnest($1::uuid[], $2::text[], $3::text[]) AS a (school_id, channel, address)) a
        JOIN contact_strike s ON s.address = a.address AND s.channel = a.channel
          AND s.school_id = a.school_id
        ORDER BY s.address, s.channel, s.school_id, s.notification_id
        FOR UPDATE OF s
      )
      DELETE FROM contact_strike s
      USING (
        SELECT address, channel, school_id FROM struck
        GROUP BY address, channel, school_id
        HAVING count(*) >= 3
      ) third
      WHERE s.address = third.address AND s.channel = third.channel
        AND s.school_id = third.school_id
      RETURNING s.school_id, s.channel, s.address
      """;

  /**
   * One address of one school.
   *
   * @param address in lower case
   */
  record Struck(UUID schoolId, Channel channel, String address) {

    static Struck of(UUID schoolId, Channel channel, String address) {
      return new Struck(schoolId, channel, address.toLowerCase(Locale.ROOT));
    }

    /** The address stays out of logs. */
    @Override
    public String toString() {
      return channel + " in " + schoolId;
    }
  }

  private ContactStrikes() {}

  /** Notes that these messages were refused for their recipient, and what follows from it. */
  static Future<Void> strike(Database database, List<ClaimedMessage> refused, Instant now) {
    if (refused.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple struck =
        Tuple.of(
            Columns.of(refused, UUID[]::new, ClaimedMessage::schoolId),
            Columns.strings(refused, each -> each.channel().name()),
            Columns.strings(refused, each -> each.address().toLowerCase(Locale.ROOT)),
            Columns.of(refused, UUID[]::new, ClaimedMessage::id),
            Columns.utc(now));
    return database
        .workerQuery(STRIKE, struck)
        .compose(done -> suppressStruckOut(database, addresses(refused), now));
  }

  /**
   * Switches off what of these was struck for the third time. In a transaction of its own after
   * that of the strikes: so of two nodes that each made one of them, the later sees both, and it
   * holds nothing else that somebody waits for.
   */
  static Future<Void> suppressStruckOut(Database database, Set<Struck> addresses, Instant now) {
    if (addresses.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Struck> all = List.copyOf(addresses);
    Tuple struck =
        Tuple.of(
            Columns.of(all, UUID[]::new, Struck::schoolId),
            Columns.strings(all, each -> each.channel().name()),
            Columns.strings(all, Struck::address));
    return database.asWorker(
        connection ->
            connection
                .preparedQuery(OUT)
                .execute(struck)
                .compose(gone -> Suppressions.add(connection, unreachable(gone), now)));
  }

  private static Set<Struck> addresses(List<ClaimedMessage> refused) {
    return refused.stream()
        .map(each -> Struck.of(each.schoolId(), each.channel(), each.address()))
        .collect(Collectors.toUnmodifiableSet());
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
