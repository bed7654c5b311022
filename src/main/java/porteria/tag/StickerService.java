package porteria.tag;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditTrail;
import porteria.db.Database;
import porteria.domain.CardTokens;
import porteria.domain.Failure;
import porteria.domain.ScanSource;

/** Brings NFC stickers to their pupils. */
public final class StickerService {

  /** How long after its provision a sticker can be confirmed. */
  public static final Duration LIFE = Duration.ofMinutes(15);

  private static final int CHECKSUM_BYTES = 8;

  private final Database database;
  private final CardTokens tokens;
  private final CardUris uris;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public StickerService(
      Database database, CardTokens tokens, CardUris uris, AuditTrail audit, InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.uris = uris;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Makes what is to be written on a pupil's sticker. The one they have stays in use until the new
   * one is confirmed; an earlier provision for them is withdrawn.
   *
   * @return fails with NOT_FOUND without such a pupil, with CONFLICT when they are not active
   */
  public Future<Provision> provision(UUID schoolId, UUID studentId, AuditActor staff) {
    CardToken token = CardToken.make(tokens, random);
    String uri = uris.of(token.text());
    String checksum = checksum(uri);
    return database
        .inSchool(
            schoolId,
            connection ->
                CardChange.begin(connection, audit, clock, schoolId, staff)
                    .compose(change -> provision(change, studentId, token, checksum)))
        .map(expiresAt -> new Provision(uri, token.preview(), checksum, expiresAt));
  }

  private static Future<Instant> provision(
      CardChange change, UUID studentId, CardToken token, String checksum) {
    Instant expiresAt = change.at().plus(LIFE);
    UUID school = change.schoolId();
    Tuple row =
        Tuple.of(school, studentId, token.hash(), token.preview(), checksum)
            .addOffsetDateTime(change.time())
            .addUUID(change.actor().id().orElseThrow())
            .addOffsetDateTime(expiresAt.atOffset(ZoneOffset.UTC));
    return change
        .requireActive(studentId)
        .compose(known -> change.run(TagSql.WITHDRAW, Tuple.of(school, studentId, change.time())))
        .compose(withdrawn -> change.run(TagSql.PROVISION, row))
        .map(rows -> rows.iterator().next().getUUID("id"))
        .compose(
            id ->
                change.note(
                    "tag.provisioned",
                    "tag_provision",
                    id,
                    new JsonObject()
                        .put("student_id", studentId.toString())
                        .put("preview", token.preview())))
        .map(expiresAt);
  }

  /**
   * Puts a sticker to use that was written as provided, once. The pupil's stickers before it are
   * revoked in the same transaction.
   *
   * @return fails with NOT_FOUND when nothing was provided that begins so, with CONFLICT when it
   *     was confirmed or withdrawn, has expired, or the sticker bears something else
   */
  public Future<ConfirmedTag> confirm(UUID schoolId, Confirmation written, AuditActor staff) {
    return database.inSchool(
        schoolId,
        connection ->
            CardChange.begin(connection, audit, clock, schoolId, staff)
                .compose(change -> confirm(change, written)));
  }

  private static Future<ConfirmedTag> confirm(CardChange change, Confirmation written) {
    UUID school = change.schoolId();
    return change
        .requireActive(written.studentId())
        .compose(
            active ->
                change.run(
                    TagSql.PROVISIONED,
                    Tuple.of(school, written.studentId(), written.preview(), change.time())))
        .compose(rows -> open(rows, written))
        .compose(
            provision ->
                change.run(
                    TagSql.CONFIRM,
                    Tuple.of(school, provision, change.time())
                        .addString(written.uid().orElse(null))))
        .map(rows -> confirmed(rows.iterator().next()))
        .compose(
            confirmed ->
                change
                    .note("tag.confirmed", "tag", confirmed.tag().id(), told(confirmed))
                    .map(confirmed));
  }

  private static Future<UUID> open(RowSet<Row> rows, Confirmation written) {
    if (rows.size() == 0) {
      return CardChange.fail(Failure.Kind.NOT_FOUND, "Nothing was provided for this sticker.");
    }
    Row provision = rows.iterator().next();
    if (provision.getBoolean("closed")) {
      return CardChange.fail(
          Failure.Kind.CONFLICT, "This provision was confirmed or withdrawn; ask for a new one.");
    }
    if (provision.getBoolean("expired")) {
      return CardChange.fail(
          Failure.Kind.CONFLICT, "This provision has expired; ask for a new one.");
    }
    String expected = provision.getString("checksum");
    return written.checksum().map(expected::equalsIgnoreCase).orElse(true)
        ? Future.succeededFuture(provision.getUUID("id"))
        : CardChange.fail(
            Failure.Kind.CONFLICT,
            "The checksum is of another URI: the sticker does not bear what was provided.");
  }

  private static ConfirmedTag confirmed(Row row) {
    return new ConfirmedTag(TagRecords.tag(row), Arrays.asList(row.getArrayOfUUIDs("replaced")));
  }

  private static JsonObject told(ConfirmedTag confirmed) {
    Tag tag = confirmed.tag();
    List<String> replaced = confirmed.replaced().stream().map(UUID::toString).toList();
    return new JsonObject()
        .put("student_id", tag.studentId().toString())
        .put("kind", ScanSource.NFC.name())
        .put("preview", tag.preview().orElseThrow())
        .put("replaced", new JsonArray(replaced));
  }

  private static String checksum(String uri) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(uri.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, CHECKSUM_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
