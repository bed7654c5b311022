package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.Done;
import porteria.bus.FamilyWish;
import porteria.bus.HeedWishes;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.MessageKey;
import porteria.domain.SuppressionReason;
import porteria.outbox.Suppressions;
import porteria.outbox.Suppressions.Suppressed;

/**
 * What families wrote back. All schools of this server write from one WhatsApp number, and who
 * answers {@code BAJA} answers that number: the wish holds in every school that has the phone as a
 * contact, and for everybody who shares it. Nothing is answered: there is no template for it, and
 * who asked for silence gets it.
 */
final class FamilyWishes {

  private static final Logger LOG = LoggerFactory.getLogger(FamilyWishes.class);

  private static final String SENDER_PURPOSE = "wish-sender\0";

  /** Says nothing when it was told before, or when the family wrote something else since. */
  private static final String KEEP =
      """
      INSERT INTO contact_wish (provider_message_id, sender, wish, said_at, received_at)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING
      RETURNING NOT EXISTS (
        SELECT FROM contact_wish later WHERE later.sender = $2 AND later.said_at > $4) AS newest
      """;

  private static final String SCHOOLS =
      """
      SELECT DISTINCT school_id, lower(address) AS address FROM guardian_contact
      WHERE lower(address) = ANY ($1) AND channel = 'WHATSAPP'
      """;

  private static final String START =
      """
      DELETE FROM contact_suppression
      WHERE address = ANY ($1) AND channel = 'WHATSAPP' AND reason = 'UNSUBSCRIBED'
      """;

  private final Database database;
  private final MessageKey key;
  private final InstantSource clock;

  /**
   * @param key hashes phones, which are kept across schools
   */
  FamilyWishes(Database database, MessageKey key, InstantSource clock) {
    this.database = database;
    this.key = key;
    this.clock = clock;
  }

  /** Does as families wish, in the order in which they wrote. */
  Future<Done> heed(HeedWishes told) {
    List<FamilyWish> wishes =
        told.wishes().stream().sorted(Comparator.comparing(FamilyWish::saidAt)).toList();
    Future<Void> heeded = Future.succeededFuture();
    for (FamilyWish wish : wishes) {
      heeded = heeded.compose(next -> database.asWorker(connection -> heed(connection, wish)));
    }
    return heeded.map(new Done());
  }

  private Future<Void> heed(SqlConnection connection, FamilyWish wish) {
    Instant now = clock.instant();
    return connection
        .preparedQuery(KEEP)
        .execute(
            Tuple.of(
                wish.messageId(),
                Buffer.buffer(sender(wish)),
                wish.kind().name(),
                wish.saidAt().atOffset(ZoneOffset.UTC),
                now.atOffset(ZoneOffset.UTC)))
        .compose(
            rows ->
                rows.size() == 1 && rows.iterator().next().getBoolean("newest")
                    ? act(connection, wish, now)
                    : Future.succeededFuture());
  }

  private Future<Void> act(SqlConnection connection, FamilyWish wish, Instant now) {
    LOG.info("a family wrote {}", wish.kind());
    Object addresses = PhoneVariants.of(wish.phone()).toArray(String[]::new);
    return switch (wish.kind()) {
      case STOP ->
          connection
              .preparedQuery(SCHOOLS)
              .execute(Tuple.of(addresses))
              .compose(
                  rows -> {
                    List<Suppressed> everywhere = new ArrayList<>();
                    rows.forEach(
                        row ->
                            everywhere.add(
                                unsubscribed(row.getUUID("school_id"), row.getString("address"))));
                    return Suppressions.add(connection, everywhere, now);
                  });
      case START -> connection.preparedQuery(START).execute(Tuple.of(addresses)).mapEmpty();
    };
  }

  private static Suppressed unsubscribed(UUID school, String address) {
    return new Suppressed(school, Channel.WHATSAPP, address, SuppressionReason.UNSUBSCRIBED);
  }

  private byte[] sender(FamilyWish wish) {
    return key.authenticate((SENDER_PURPOSE + wish.phone()).getBytes(StandardCharsets.UTF_8));
  }
}
