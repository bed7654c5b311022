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
import java.util.Optional;
import java.util.UUID;
import porteria.config.NetworkAddress;
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
 * and its people mistype too. Whoever signs in takes back their own failures there, and no others:
 * else one account would buy a guesser endless tries at the rest.
 *
 * <p>Anybody can fail on purpose. So a device that a person has signed in from before is counted by
 * its own failures alone: strangers close the mailbox to strangers, not to that person. And signing
 * in there lets no stranger begin anew.
 */
final class SignInGuard {

  private static final Rule ACCOUNT = new Rule("sign-in-account\0", 5, Duration.ofDays(1));
  private static final Rule ADDRESS = new Rule("sign-in-address\0", 20, Duration.ofMinutes(15));

  private static final Rule KNOWN = new Rule("sign-in-known\0", 5, Duration.ofDays(1));

  /** What one mailbox failed at one address; closes nothing by itself. */
  private static final Rule OWN = new Rule("sign-in-own\0", Integer.MAX_VALUE, ADDRESS.memory());

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

  /** What is too old to be in the address's count any more is not taken back from it. */
  private static final String TAKE_BACK =
      """
      WITH own AS (DELETE FROM sign_in_attempt WHERE subject = $1 RETURNING failures, last_at)
      UPDATE sign_in_attempt address
      SET failures = greatest(0, address.failures - own.failures)
      FROM own
      WHERE address.subject = $2 AND own.last_at >= $3::timestamptz - make_interval(secs => $4)
      """;

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

  /**
   * An attempt to sign in.
   *
   * @param account mailbox in its stored form
   * @param address where it comes from
   * @param known the device, or session, by which the mailbox's person is told from strangers;
   *     empty for a stranger
   */
  record Attempt(String account, String address, Optional<UUID> known) {

    private Rule rule() {
      return known.isPresent() ? KNOWN : ACCOUNT;
    }

    private String name() {
      return known.map(UUID::toString).orElse(account);
    }

    private String network() {
      return NetworkAddress.networkOf(address);
    }
  }

  SignInGuard(Database database, Secret secretKey, InstantSource clock) {
    this.database = database;
    this.key = new MessageKey(secretKey.bytes());
    this.clock = clock;
  }

  /**
   * Counts an attempt.
   *
   * @return failures in a row of the mailbox, or of the device, should this be one too; fails with
   *     kind {@code TOO_MANY_REQUESTS} when it, or a stranger's address, is closed now
   */
  Future<Integer> admit(Attempt attempt) {
    Buffer own = subject(attempt);
    Buffer[] counted =
        attempt.known().isPresent() ? new Buffer[] {own} : new Buffer[] {own, address(attempt)};
    return database.asWorker(
        transaction ->
            transaction
                .preparedQuery(BLOCKED)
                .execute(Tuple.of(counted, now()))
                .compose(
                    blocked ->
                        blocked.size() > 0
                            ? Future.succeededFuture(Optional.<Integer>empty())
                            : count(transaction, attempt.rule(), own))
                .compose(
                    failures ->
                        failures.map(Future::succeededFuture).orElseGet(SignInGuard::refused)));
  }

  /** Whether this many failures in a row close a mailbox for a while. */
  static boolean closes(int failures) {
    return failures >= ACCOUNT.patience();
  }

  /** The password was right: the mailbox, or the device, begins anew. */
  Future<Void> succeeded(Attempt attempt) {
    return database.asWorker(
        transaction ->
            transaction
                .preparedQuery(CLEAR)
                .execute(Tuple.of(subject(attempt)))
                .compose(
                    cleared ->
                        attempt.known().isPresent()
                            ? Future.succeededFuture()
                            : takeBack(transaction, attempt)));
  }

  private Future<Void> takeBack(SqlConnection transaction, Attempt attempt) {
    return transaction
        .preparedQuery(TAKE_BACK)
        .execute(Tuple.of(own(attempt), address(attempt), now(), (double) OWN.memory().toSeconds()))
        .mapEmpty();
  }

  /** The password was not right; the mailbox, or the device, is counted already. */
  Future<Void> failed(Attempt attempt) {
    return database.asWorker(
        transaction ->
            transaction
                .preparedQuery(FORGET_OLD)
                .execute(Tuple.of(now()))
                .compose(
                    old ->
                        attempt.known().isPresent()
                            ? Future.succeededFuture()
                            : countAddress(transaction, attempt)));
  }

  /** What the address was not charged with cannot be taken back from it. */
  private Future<Void> countAddress(SqlConnection transaction, Attempt attempt) {
    return count(transaction, ADDRESS, address(attempt))
        .compose(
            charged ->
                charged.isEmpty()
                    ? Future.succeededFuture()
                    : count(transaction, OWN, own(attempt)).mapEmpty());
  }

  /** The failures with this one; empty when it was not counted, because the subject is blocked. */
  private Future<Optional<Integer>> count(SqlConnection transaction, Rule rule, Buffer subject) {
    return transaction
        .preparedQuery(COUNT)
        .execute(Tuple.of(subject, now(), rule.patience(), (double) rule.memory().toSeconds()))
        .map(rows -> rows.stream().map(row -> row.getInteger("failures")).findFirst());
  }

  private Buffer subject(Attempt attempt) {
    return subject(attempt.rule(), attempt.name());
  }

  private Buffer address(Attempt attempt) {
    return subject(ADDRESS, attempt.network());
  }

  private Buffer own(Attempt attempt) {
    return subject(OWN, attempt.network() + '\0' + attempt.account());
  }

  private Buffer subject(Rule rule, String name) {
    return Buffer.buffer(
        key.authenticate((rule.purpose() + name).getBytes(StandardCharsets.UTF_8)));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(
        Failure.of(
                Failure.Kind.TOO_MANY_REQUESTS,
                "Too many failed attempts; wait half a minute to a quarter of an hour.")
            .asException());
  }
}
