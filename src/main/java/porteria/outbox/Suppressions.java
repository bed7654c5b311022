package porteria.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import porteria.db.Columns;
import porteria.domain.Channel;
import porteria.domain.SuppressionReason;

/**
 * Addresses of a school's families that are not written to any more. It is the address that is
 * switched off, not a guardian: of two who share a phone, neither is told by it.
 */
public final class Suppressions {

  /**
   * Waits for no message that another holds, since the caller may hold messages that come later:
   * whoever claims it next finds that it is not wanted. Who does not want to be written to
   * outweighs who cannot be reached: staff who correct a mailbox must not write to who said no. The
   * link that somebody just asked for at this very address is not theirs to stop.
   */
  private static final String ADD =
      """
      WITH given AS MATERIALIZED (
        SELECT DISTINCT ON (address, channel, school_id) *
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
          AS s (school_id, channel, address, reason)
        ORDER BY address, channel, school_id
      ), kept AS (
        INSERT INTO contact_suppression (school_id, channel, address, reason, since)
        SELECT school_id, channel, address, reason, $5 FROM given ORDER BY address, channel, school_id
        ON CONFLICT (address, channel, school_id)
        DO UPDATE SET reason = EXCLUDED.reason, since = EXCLUDED.since
        WHERE contact_suppression.reason IN ('BOUNCED', 'UNREACHABLE')
          AND EXCLUDED.reason IN ('UNSUBSCRIBED', 'COMPLAINED')
      ), waiting AS MATERIALIZED (
        SELECT n.school_id, n.id
        FROM given s
        JOIN guardian_contact c ON lower(c.address) = s.address AND c.school_id = s.school_id
          AND c.channel = s.channel
        JOIN notification n ON n.guardian_id = c.guardian_id AND n.school_id = c.school_id
          AND n.channel = s.channel AND lower(n.address) = s.address
        WHERE n.status IN ('QUEUED', 'PARKED', 'UNKNOWN') AND n.cause <> 'MAGIC_LINK'
        ORDER BY n.school_id, n.id
        FOR UPDATE OF n SKIP LOCKED
      )
      UPDATE notification n
      SET status = 'FAILED', failure_class = 'NOT_WANTED', error = 'suppressed',
        in_doubt = n.in_doubt OR n.status = 'UNKNOWN'
      FROM waiting w
      WHERE n.school_id = w.school_id AND n.id = w.id
        AND n.status IN ('QUEUED', 'PARKED', 'UNKNOWN')
      """;

  /** Strikes are locked before what follows from them, here as in the sender. */
  private static final String LIFT =
      """
      WITH forgiven AS (
        DELETE FROM contact_strike WHERE school_id = $1 AND channel = $2 AND address = $3
        RETURNING 1
      )
      DELETE FROM contact_suppression
      WHERE school_id = $1 AND channel = $2 AND address = $3
        AND ($4::text IS NULL OR reason = $4)
        AND (SELECT count(*) FROM forgiven) >= 0
      RETURNING reason
      """;

  private Suppressions() {}

  /**
   * One address of one school.
   *
   * @param address as a contact has it; case does not matter
   */
  public record Suppressed(
      UUID schoolId, Channel channel, String address, SuppressionReason reason) {

    /** The address stays out of logs. */
    @Override
    public String toString() {
      return channel + " " + reason + " in " + schoolId;
    }
  }

  /**
   * A condition of SQL: that the address of this row of {@code guardian_contact}, or of {@code
   * notification}, is written to.
   */
  public static String wanted(String row) {
    return """
        NOT EXISTS (
          SELECT FROM contact_suppression off
          WHERE off.address = lower({row}.address) AND off.channel = {row}.channel
            AND off.school_id = {row}.school_id)\
        """
        .replace("{row}", row);
  }

  /**
   * Switches addresses off, and ends what was about to go there, so that a mail may stand in for
   * it. What is under way may still arrive; what another transaction holds is left to the next
   * claim, which does not find it wanted.
   *
   * @param connection in a transaction of the worker role
   */
  public static Future<Void> add(
      SqlConnection connection, Collection<Suppressed> addresses, Instant now) {
    if (addresses.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Suppressed> all = List.copyOf(addresses);
    return connection
        .preparedQuery(ADD)
        .execute(
            Tuple.tuple()
                .addArrayOfUUID(Columns.of(all, UUID[]::new, Suppressed::schoolId))
                .addArrayOfString(Columns.strings(all, each -> each.channel().name()))
                .addArrayOfString(
                    Columns.strings(all, each -> each.address().toLowerCase(Locale.ROOT)))
                .addArrayOfString(Columns.strings(all, each -> each.reason().name()))
                .addOffsetDateTime(Columns.utc(now)))
        .mapEmpty();
  }

  /**
   * Writes to an address again.
   *
   * @param connection in a transaction of the web role that names the school
   * @param only the one reason that may be lifted; empty for any
   * @return the reason there was; empty when there was none that may be lifted
   */
  public static Future<Optional<SuppressionReason>> lift(
      SqlConnection connection,
      UUID schoolId,
      Channel channel,
      String address,
      Optional<SuppressionReason> only) {
    return connection
        .preparedQuery(LIFT)
        .execute(
            Tuple.of(
                schoolId,
                channel.name(),
                address.toLowerCase(Locale.ROOT),
                only.map(Enum::name).orElse(null)))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(
                        SuppressionReason.valueOf(rows.iterator().next().getString("reason"))));
  }
}
