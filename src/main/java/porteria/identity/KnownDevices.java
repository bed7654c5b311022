package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import porteria.config.SecuritySettings;
import porteria.db.Database;
import porteria.domain.MessageKey;

/**
 * From which devices people have signed in: each gets a secret, 256 bits in base64url, 43
 * characters, stored as a keyed hash alone. It opens nothing; it tells a person from strangers who
 * guess at their mailbox (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 *
 * <p>Several people may use one device, which then holds a secret of each.
 */
final class KnownDevices {

  /** How long a device is known after it was last signed in from. */
  static final Duration LIFE = Duration.ofDays(90);

  /** Secrets that one device may show; more are not looked at. */
  static final int MOST_SHOWN = 5;

  /** Devices of one person; the one not seen for longest is forgotten first. */
  private static final int MOST_KNOWN = 20;

  private static final int SECRET_BYTES = 32;
  private static final Pattern SECRET = Pattern.compile("[\\w-]{43}");

  /** The server's keys hash other things too; none of them begins so. */
  private static final String STORED = "known-device\0";

  /** As the worker: before signing in the school is unknown. */
  private static final String OF_ACCOUNT =
      """
      SELECT device.id
      FROM known_device device
      JOIN staff_user staff ON staff.school_id = device.school_id AND staff.id = device.staff_id
      WHERE device.secret_hash = ANY ($1) AND staff.email = $2 AND device.expires_at > $3
      LIMIT 1
      """;

  private static final String SEE =
      """
      UPDATE known_device SET seen_at = $4, expires_at = $5
      WHERE school_id = $1 AND staff_id = $2 AND secret_hash = ANY ($3) AND expires_at > $4
      RETURNING id
      """;

  private static final String FORGET_OVER =
      """
      DELETE FROM known_device
      WHERE school_id = $1 AND staff_id = $2
        AND (expires_at <= $3 OR id NOT IN (
          SELECT id FROM known_device
          WHERE school_id = $1 AND staff_id = $2
          ORDER BY seen_at DESC, id DESC
          LIMIT $4))
      """;

  private static final String ADD =
      """
      INSERT INTO known_device (school_id, staff_id, secret_hash, seen_at, expires_at)
      VALUES ($1, $2, $3, $4, $5)
      """;

  private static final String FORGET_ALL =
      "DELETE FROM known_device WHERE school_id = $1 AND staff_id = $2";

  private final Database database;
  private final List<MessageKey> keys;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  KnownDevices(Database database, SecuritySettings settings, InstantSource clock) {
    this.database = database;
    this.keys =
        settings.secretKeys().stream().map(secret -> new MessageKey(secret.bytes())).toList();
    this.clock = clock;
  }

  /**
   * Which device of an account shows itself; whether there is such an account makes no difference.
   *
   * @param account mailbox in its stored form
   * @param shown secrets that came along
   * @return empty when none is good, or one of somebody else's
   */
  Future<Optional<UUID>> find(String account, List<String> shown) {
    List<Buffer> hashes = looked(shown).flatMap(this::hashes).toList();
    if (hashes.isEmpty() || account.indexOf('\0') >= 0) {
      return Future.succeededFuture(Optional.empty());
    }
    return database
        .workerQuery(OF_ACCOUNT, Tuple.of(hashes.toArray(Buffer[]::new), account, now()))
        .map(rows -> rows.stream().map(row -> row.getUUID("id")).findFirst());
  }

  /**
   * Knows the device of a person who has just signed in.
   *
   * @param shown secrets that came along; one of this person's stays good for longer
   * @return what the device is to show next time, this person's secret first
   */
  Future<List<String>> remember(SqlConnection transaction, StaffMember staff, List<String> shown) {
    List<String> candidates = looked(shown).toList();
    Future<Optional<String>> seen = Future.succeededFuture(Optional.empty());
    for (String secret : candidates) {
      seen =
          seen.compose(
              found ->
                  found.isPresent()
                      ? Future.succeededFuture(found)
                      : see(transaction, staff, secret));
    }
    return seen.compose(
            found -> found.map(Future::succeededFuture).orElseGet(() -> add(transaction, staff)))
        .map(
            own ->
                Stream.concat(Stream.of(own), candidates.stream())
                    .distinct()
                    .limit(MOST_SHOWN)
                    .toList());
  }

  /** Knows none of a person's devices any more. */
  static Future<Void> forget(SqlConnection transaction, UUID school, UUID staff) {
    return transaction.preparedQuery(FORGET_ALL).execute(Tuple.of(school, staff)).mapEmpty();
  }

  private Future<Optional<String>> see(
      SqlConnection transaction, StaffMember staff, String secret) {
    Buffer[] hashes = hashes(secret).toArray(Buffer[]::new);
    return transaction
        .preparedQuery(SEE)
        .execute(Tuple.of(staff.schoolId(), staff.id(), hashes, now(), now().plus(LIFE)))
        .map(rows -> rows.size() > 0 ? Optional.of(secret) : Optional.empty());
  }

  private Future<String> add(SqlConnection transaction, StaffMember staff) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Buffer hash = hash(keys.getFirst(), secret);
    return transaction
        .preparedQuery(FORGET_OVER)
        .execute(Tuple.of(staff.schoolId(), staff.id(), now(), MOST_KNOWN - 1))
        .compose(
            forgotten ->
                transaction
                    .preparedQuery(ADD)
                    .execute(Tuple.of(staff.schoolId(), staff.id(), hash, now(), now().plus(LIFE))))
        .map(added -> secret);
  }

  private static Stream<String> looked(List<String> shown) {
    return shown.stream().filter(SECRET.asMatchPredicate()).limit(MOST_SHOWN);
  }

  private Stream<Buffer> hashes(String secret) {
    return keys.stream().map(key -> hash(key, secret));
  }

  private static Buffer hash(MessageKey key, String secret) {
    return Buffer.buffer(key.authenticate((STORED + secret).getBytes(StandardCharsets.UTF_8)));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
