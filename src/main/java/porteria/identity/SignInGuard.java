package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import porteria.config.Secret;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.MessageKey;

/**
 * Slows down who guesses passwords. From the fifth failure in a row on, a mailbox is closed for
 * half a minute, then twice as long after each further failure, up to a quarter of an hour; whether
 * anybody has that mailbox makes no difference. An attempt is counted before the password is looked
 * at, so that many at once do not slip through; signing in clears the count.
 *
 * <p>Addresses are counted likewise, from the twentieth failure on: a whole school may share one,
 * and its people mistype too. Signing in clears nothing there, or one account would buy a guesser
 * endless tries.
 */
final class SignInGuard {

  private static final Rule ACCOUNT = new Rule("sign-in-account\0", 5, Duration.ofDays(1));
  private static final Rule ADDRESS = new Rule("sign-in-address\0", 20, Duration.ofMinutes(15));

  private static final String BLOCKED =
      "SELECT 1 FROM sign_in_attempt WHERE subject = ANY ($1) AND blocked_until > $2 LIMIT 1";

  /** Changes nothing, and returns nothing, while the subject is blocked. */
  private static final String COUNT =
      """
      INSERT INTO sign_in_attempt AS known (subject, failures, last_at, blocked_until)
      VALUES ($1, 1, $2, $2)
      ON CONFLICT (subject) DO UPDATE
      SET (failures, last_at, blocked_until) = (
        SELECT number, $2,
               CASE WHEN number < $3 THEN $2
                    ELSE $2 + least(interval '15 minutes',
                                    interval '30 seconds' * power(2, least(number - $3, 10))) END
        FROM (SELECT CASE WHEN known.last_at < $2 - make_interval(secs => $4) THEN 1
                          ELSE known.failures + 1 END AS number) counted)
      WHERE known.blocked_until <= $2
      RETURNING failures
      """;

  private static final String CLEAR = "DELETE FROM sign_in_attempt WHERE subject = $1";

  private static final String FORGET_OLD =
      "DELETE FROM sign_in_attempt WHERE last_at < $1::timestamptz - interval '1 day'";

  private final Database database;
  private final MessageKey key;
  private final InstantSource clock;

  /**
   * How one kind of subject is counted.
   *
   * @param purpose begins what is hashed; the server's key signs nothing else that begins so
   * @param patience failures from which on it is blocked
   * @param memory after which without failures counting begins anew
   */
  private record Rule(String purpose, int patience, Duration memory) {}

  SignInGuard(Database database, Secret secretKey, InstantSource clock) {
    this.database = database;
    this.key = new MessageKey(secretKey.bytes());
    this.clock = clock;
  }

  /**
   * Counts an attempt.
   *
   * @param account mailbox in its stored form
   * @param address where the attempt comes from
   * @return fails with kind {@code TOO_MANY_REQUESTS} when either is closed now
   */
  Future<Void> admit(String account, String address) {
    Buffer subject = subject(ACCOUNT, account);
    Buffer[] both = {subject, subject(ADDRESS, address)};
    return database.asWorker(
        transaction ->
            transaction
                .preparedQuery(BLOCKED)
                .execute(Tuple.of(both, now()))
                .compose(
                    blocked ->
                        blocked.size() > 0
                            ? Future.succeededFuture(false)
                            : count(transaction, ACCOUNT, subject))
                .compose(admitted -> admitted ? Future.succeededFuture() : refused()));
  }

  /** The password was right: the mailbox begins anew. */
  Future<Void> succeeded(String account) {
    return database.workerQuery(CLEAR, Tuple.of(subject(ACCOUNT, account))).mapEmpty();
  }

  /** The password was not right; the mailbox is counted already. */
  Future<Void> failed(String address) {
    return database.asWorker(
        transaction ->
            transaction
                .preparedQuery(FORGET_OLD)
                .execute(Tuple.of(now()))
                .compose(old -> count(transaction, ADDRESS, subject(ADDRESS, address)))
                .mapEmpty());
  }

  /** Whether it was counted; not, when it is blocked. */
  private Future<Boolean> count(SqlConnection transaction, Rule rule, Buffer subject) {
    return transaction
        .preparedQuery(COUNT)
        .execute(Tuple.of(subject, now(), rule.patience(), (double) rule.memory().toSeconds()))
        .map(rows -> rows.size() > 0);
  }

  private Buffer subject(Rule rule, String name) {
    return Buffer.buffer(
        key.authenticate((rule.purpose() + name).getBytes(StandardCharsets.UTF_8)));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Future<Void> refused() {
    return Future.failedFuture(
        Failure.of(
                Failure.Kind.TOO_MANY_REQUESTS,
                "Too many failed attempts; wait half a minute to a quarter of an hour.")
            .asException());
  }
}
