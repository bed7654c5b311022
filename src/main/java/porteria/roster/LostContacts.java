package porteria.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import porteria.outbox.Outbox;

/**
 * What ends with a guardian's phone or mailbox, or with the guardian: whoever holds it now is
 * somebody else, and may have come in by it.
 */
final class LostContacts {

  /** Before the sessions: of a link that is being redeemed, this waits for the session it opens. */
  private static final String FORGET_LINKS =
      "DELETE FROM magic_link WHERE school_id = $1 AND guardian_id = ANY ($2) AND redeemed_at IS NULL";

  private static final String END_SESSIONS =
      """
      UPDATE guardian_session SET revoked_at = $3
      WHERE school_id = $1 AND guardian_id = ANY ($2) AND revoked_at IS NULL
      """;

  private LostContacts() {}

  /**
   * Ends all sessions of guardians, makes the links sent to them useless, and takes back what is
   * under way to addresses that are theirs no more.
   *
   * @param connection in the transaction that took a contact of each away, or made them inactive
   */
  static Future<Void> follow(
      SqlConnection connection, UUID school, Collection<UUID> guardians, Instant now) {
    if (guardians.isEmpty()) {
      return Future.succeededFuture();
    }
    Object ids = guardians.toArray(UUID[]::new);
    return connection
        .preparedQuery(FORGET_LINKS)
        .execute(Tuple.of(school, ids))
        .compose(
            forgotten ->
                connection
                    .preparedQuery(END_SESSIONS)
                    .execute(Tuple.of(school, ids, now.atOffset(ZoneOffset.UTC))))
        .compose(ended -> Outbox.recallStrays(connection, school, guardians));
  }
}
