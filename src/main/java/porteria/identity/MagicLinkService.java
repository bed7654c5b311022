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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
   */
  private static final int MOST_WITHIN_LIFE = 3;

  private static final int MOST_A_DAY = 12;

  /** Requests that one node works on at once; nobody waits for them. */
  private static final int MOST_UNDER_WAY = 50;

  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ().-]{5,20}");

  private final Database database;
  private final MagicLinkTokens tokens;
  private final InstantSource clock;
  private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);

  public MagicLinkService(Database database, MagicLinkTokens tokens, InstantSource clock) {
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
   */
  public void request(String school, String contact) {
    if (!underWay.tryAcquire()) {
      LOG.warn("a magic link was not looked for: too many are asked for");
      return;
    }
    Future.succeededFuture(school)
        .compose(this::schoolBySlug)
        .compose(
            found -> found.map(id -> send(id, address(contact))).orElseGet(Future::succeededFuture))
        .onFailure(error -> LOG.warn("a magic link was not made: {}", error.getMessage()))
        .eventually(
            () -> {
              underWay.release();
              return Future.succeededFuture();
            });
  }

  private Future<Optional<UUID>> schoolBySlug(String slug) {
    return database
        .workerQuery(MagicLinkSql.SCHOOL_BY_SLUG, Tuple.of(slug))
        .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("id")));
  }

  private Future<Void> send(UUID school, String address) {
    Instant now = clock.instant();
    Tuple wanted =
        Tuple.of(school, address, utc(now.minus(LIFE)), MOST_WITHIN_LIFE)
            .addOffsetDateTime(utc(now.minus(Duration.ofDays(1))))
            .addInteger(MOST_A_DAY);
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(MagicLinkSql.TAKE_TURN)
                .execute(Tuple.of(school.toString()))
                .compose(turn -> connection.preparedQuery(MagicLinkSql.GUARDIANS).execute(wanted))
                .compose(guardians -> store(connection, school, links(guardians), now)));
  }

  private Future<Void> store(SqlConnection connection, UUID school, List<Link> links, Instant now) {
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
            .addOffsetDateTime(utc(now))
            .addOffsetDateTime(utc(now.plus(LIFE)));
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

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
