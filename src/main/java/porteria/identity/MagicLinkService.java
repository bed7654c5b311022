package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.config.DatabaseSettings;
import porteria.config.NetworkAddress;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.MagicLinkTokens;
import porteria.outbox.LinkMessages;
import porteria.outbox.LinkMessages.Link;

/**
 * Sends guardians the links they ask for.
 *
 * <p>A phone or mailbox is not an identity: where several guardians of a school share one, each
 * gets a message and a link of their own, with their name in it.
 */
public final class MagicLinkService {

  /** How long a link is good. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(MagicLinkService.class);

  /**
   * Links of one guardian. Counted where all nodes see it; more are not sent, and nobody is told.
   *
   * @param ofOne asked for from one network: a stranger uses up their own alone
   * @param ofAll asked for from anywhere
   */
  private record Limit(int ofOne, int ofAll) {}

  private static final Limit WITHIN_LIFE = new Limit(3, 6);
  private static final Limit A_DAY = new Limit(12, 36);

  /** Requests that one node keeps until it is their turn. */
  private static final int MOST_WAITING = 200;

  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ().-]{5,20}");

  private final Database database;
  private final MagicLinkTokens tokens;
  private final InstantSource clock;
  private final MagicLinkQueue queue;

  /**
   * @param settings of the database, whose connections are left to others by half
   */
  public MagicLinkService(
      Database database, DatabaseSettings settings, MagicLinkTokens tokens, InstantSource clock) {
    this.queue = new MagicLinkQueue(Math.max(1, settings.poolSize() / 2), MOST_WAITING);
    this.database = database;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Sends links to the guardians of a school who have this contact. Returns at once and says
   * nothing, so that neither the answer nor its time tells whether there are any.
   *
   * @param school its slug
   * @param contact a phone in international form, however it is written, or a mailbox
   * @param from the IP address that asks
   */
  public void request(String school, String contact, String from) {
    Buffer requester = Buffer.buffer(tokens.requester(NetworkAddress.networkOf(from)));
    if (!queue.offer(() -> send(school, new Wanted(address(contact), requester)))) {
      LOG.warn("a magic link was not looked for: too many are asked for");
    }
  }

  /** What is asked for, and a hash of who asks. */
  private record Wanted(String address, Buffer requester) {}

  private Future<Void> send(String school, Wanted wanted) {
    return Future.succeededFuture(school)
        .compose(this::schoolBySlug)
        .compose(found -> found.map(id -> send(id, wanted)).orElseGet(Future::succeededFuture))
        .onFailure(error -> LOG.warn("a magic link was not made: {}", error.getMessage()));
  }

  private Future<Optional<UUID>> schoolBySlug(String slug) {
    return database
        .workerQuery(MagicLinkSql.SCHOOL_BY_SLUG, Tuple.of(slug))
        .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("id")));
  }

  private Future<Void> send(UUID school, Wanted wanted) {
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(MagicLinkSql.GUARDIANS)
                .execute(Tuple.of(school, wanted.address()))
                .map(MagicLinkService::ids)
                .compose(
                    guardians ->
                        guardians.length == 0
                            ? Future.succeededFuture()
                            : send(connection, school, guardians, wanted)));
  }

  private static UUID[] ids(RowSet<Row> guardians) {
    return guardians.stream().map(row -> row.getUUID("guardian_id")).toArray(UUID[]::new);
  }

  private Future<Void> send(
      SqlConnection connection, UUID school, UUID[] guardians, Wanted wanted) {
    Instant now = clock.instant();
    Tuple limited =
        Tuple.of(
                school,
                guardians,
                wanted.address(),
                wanted.requester(),
                Columns.utc(now.minus(LIFE)))
            .addInteger(WITHIN_LIFE.ofOne())
            .addInteger(WITHIN_LIFE.ofAll())
            .addOffsetDateTime(Columns.utc(now.minus(Duration.ofDays(1))))
            .addInteger(A_DAY.ofOne())
            .addInteger(A_DAY.ofAll());
    return connection
        .preparedQuery(MagicLinkSql.TAKE_TURNS)
        .execute(Tuple.of((Object) guardians))
        .compose(turns -> connection.preparedQuery(MagicLinkSql.WITHIN_LIMITS).execute(limited))
        .compose(found -> store(connection, school, links(found), wanted.requester(), now));
  }

  private Future<Void> store(
      SqlConnection connection, UUID school, List<Link> links, Buffer requester, Instant now) {
    if (links.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple rows =
        Tuple.of(school)
            .addArrayOfUUID(links.stream().map(Link::id).toArray(UUID[]::new))
            .addArrayOfUUID(links.stream().map(Link::guardianId).toArray(UUID[]::new))
            .addArrayOfBuffer(
                links.stream()
                    .map(link -> Buffer.buffer(tokens.hash(link.id())))
                    .toArray(Buffer[]::new))
            .addOffsetDateTime(Columns.utc(now))
            .addOffsetDateTime(Columns.utc(now.plus(LIFE)))
            .addBuffer(requester);
    return connection
        .preparedQuery(MagicLinkSql.STORE)
        .execute(rows)
        .compose(stored -> LinkMessages.owe(connection, school, links, now));
  }

  /** An id is random, not of the time, for the token is made of it. */
  private static List<Link> links(RowSet<Row> guardians) {
    return guardians.stream()
        .map(
            row ->
                new Link(
                    UUID.randomUUID(),
                    row.getUUID("guardian_id"),
                    Channel.valueOf(row.getString("channel")),
                    row.getString("address")))
        .toList();
  }

  /** A contact as it is stored: E.164 with its plus sign, or a mailbox in lower case. */
  private static String address(String contact) {
    String text = contact.strip();
    return PHONE.matcher(text).matches()
        ? "+" + text.replaceAll("[^0-9]", "").replaceFirst("^00", "")
        : text.toLowerCase(Locale.ROOT);
  }
}
