package porteria.tag;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import porteria.audit.AuditActor;
import porteria.audit.AuditTrail;
import porteria.db.Database;
import porteria.domain.CardTokens;
import porteria.domain.Failure;

/**
 * Prints QR cards. A printed card is a new one: its token is known only while it is drawn. It is
 * put to use after the drawing, so nothing is revoked for a document that nobody got.
 */
public final class CardPrinting {

  private static final int THREADS = 1;
  private static final int MAX_WAITING = 8;

  private final Database database;
  private final CardTokens tokens;
  private final CardUris uris;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final WorkerExecutor executor;
  private final AtomicInteger waiting = new AtomicInteger();
  private final SecureRandom random = new SecureRandom();

  /** Takes the pool {@code porteria-cards} of this Vert.x; it ends with its owner. */
  public CardPrinting(
      Vertx vertx,
      Database database,
      CardTokens tokens,
      CardUris uris,
      AuditTrail audit,
      InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.uris = uris;
    this.audit = audit;
    this.clock = clock;
    this.executor = vertx.createSharedWorkerExecutor("porteria-cards", THREADS);
  }

  /** A card and whose it is to be. */
  private record Draft(UUID studentId, CardToken token, PrintedCard card) {}

  /**
   * A pupil's card as a PDF of its own size.
   *
   * @return fails with NOT_FOUND without such a pupil, with CONFLICT when they are not active or
   *     have a card that is to be kept, with OVERLOADED when too many print at once
   */
  public Future<Buffer> card(UUID schoolId, UUID studentId, OldCards old, AuditActor staff) {
    return rows(schoolId, TagSql.CARD_OF_PUPIL, studentId)
        .compose(
            rows -> {
              if (rows.isEmpty()) {
                return CardChange.fail(Failure.Kind.NOT_FOUND, "There is no such pupil.");
              }
              return rows.getFirst().getBoolean("inactive")
                  ? CardChange.fail(Failure.Kind.CONFLICT, "This pupil is no longer active.")
                  : drafts(rows, old);
            })
        .compose(
            drafts ->
                drawn(() -> CardPdf.one(drafts.getFirst().card()))
                    .compose(
                        pdf -> issue(schoolId, drafts, old, staff, "student", studentId, pdf)));
  }

  /**
   * The cards of a course's active pupils on A4 sheets.
   *
   * @return fails with NOT_FOUND without such a course, with CONFLICT when nobody in it needs a
   *     card, with OVERLOADED when too many print at once
   */
  public Future<Buffer> sheet(UUID schoolId, UUID courseId, OldCards old, AuditActor staff) {
    return rows(schoolId, TagSql.CARDS_OF_COURSE, courseId)
        .compose(
            rows ->
                rows.isEmpty()
                    ? CardChange.fail(Failure.Kind.NOT_FOUND, "There is no such course.")
                    : drafts(rows, old))
        .compose(
            drafts ->
                drawn(() -> CardPdf.sheets(drafts.stream().map(Draft::card).toList()))
                    .compose(pdf -> issue(schoolId, drafts, old, staff, "course", courseId, pdf)));
  }

  private Future<List<Row>> rows(UUID schoolId, String statement, UUID id) {
    Tuple parameters = Tuple.of(schoolId, id, clock.instant().atOffset(ZoneOffset.UTC));
    return database
        .inSchool(schoolId, connection -> connection.preparedQuery(statement).execute(parameters))
        .map(rows -> rows.stream().toList());
  }

  private Future<List<Draft>> drafts(List<Row> rows, OldCards old) {
    List<Draft> drafts =
        rows.stream()
            .filter(row -> row.getUUID("id") != null)
            .filter(row -> old == OldCards.REPLACE || !row.getBoolean("has_card"))
            .map(this::draft)
            .toList();
    return drafts.isEmpty()
        ? CardChange.fail(
            Failure.Kind.CONFLICT,
            "Nobody here is without a printed card; say replace=true to revoke those in use.")
        : Future.succeededFuture(drafts);
  }

  private Draft draft(Row row) {
    CardToken token = CardToken.make(tokens, random);
    return new Draft(
        row.getUUID("id"),
        token,
        new PrintedCard(
            row.getString("school"),
            row.getString("full_name"),
            row.getString("course"),
            token.preview(),
            uris.of(token.text())));
  }

  private Future<Buffer> drawn(Callable<byte[]> drawing) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return CardChange.fail(
          Failure.Kind.OVERLOADED, "Too many cards are printed at once; try again shortly.");
    }
    return executor
        .executeBlocking(drawing, false)
        .onComplete(done -> waiting.decrementAndGet())
        .map(Buffer::buffer);
  }

  private Future<Buffer> issue(
      UUID schoolId,
      List<Draft> drafts,
      OldCards old,
      AuditActor staff,
      String entity,
      UUID entityId,
      Buffer pdf) {
    return database
        .inSchool(
            schoolId,
            connection ->
                CardChange.begin(connection, audit, clock, schoolId, staff)
                    .compose(change -> issue(change, drafts, old))
                    .compose(
                        issued ->
                            issued.change().note("card.printed", entity, entityId, told(issued))))
        .map(pdf);
  }

  /** What a printing did to the cards in use. */
  private record Issued(CardChange change, List<UUID> cards, List<UUID> replaced) {}

  private static Future<Issued> issue(CardChange change, List<Draft> drafts, OldCards old) {
    UUID[] pupils = drafts.stream().map(Draft::studentId).toArray(UUID[]::new);
    Buffer[] hashes = drafts.stream().map(draft -> draft.token().hash()).toArray(Buffer[]::new);
    String[] previews =
        drafts.stream().map(draft -> draft.token().preview()).toArray(String[]::new);
    Tuple cards =
        Tuple.of(change.schoolId())
            .addArrayOfUUID(pupils)
            .addArrayOfBuffer(hashes)
            .addArrayOfString(previews)
            .addOffsetDateTime(change.time());
    return requireAsRead(change, pupils, old)
        .compose(same -> change.run(TagSql.ISSUE_CARDS, cards))
        .map(rows -> rows.iterator().next())
        .map(row -> new Issued(change, ids(row, "issued"), ids(row, "replaced")));
  }

  /** Somebody else may have printed for the same pupils meanwhile. */
  private static Future<Void> requireAsRead(CardChange change, UUID[] pupils, OldCards old) {
    if (old == OldCards.REPLACE) {
      return Future.succeededFuture();
    }
    return change
        .run(TagSql.CARDS_OUT, Tuple.of(change.schoolId()).addArrayOfUUID(pupils))
        .compose(
            rows ->
                rows.iterator().next().getLong("cards") == 0
                    ? Future.succeededFuture()
                    : CardChange.fail(
                        Failure.Kind.CONFLICT,
                        "Somebody printed these cards just now; nothing was changed."));
  }

  private static JsonObject told(Issued issued) {
    return new JsonObject()
        .put("kind", "QR")
        .put("cards", names(issued.cards()))
        .put("replaced", names(issued.replaced()));
  }

  private static List<UUID> ids(Row row, String column) {
    return Arrays.asList(row.getArrayOfUUIDs(column));
  }

  private static JsonArray names(List<UUID> ids) {
    return new JsonArray(ids.stream().map(UUID::toString).toList());
  }
}
