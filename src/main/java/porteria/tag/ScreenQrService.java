package porteria.tag;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditTrail;
import porteria.db.Database;
import porteria.domain.CardTokens;
import porteria.domain.Failure;

/** Hands out QRs that are good for minutes, for who has forgotten their card. */
public final class ScreenQrService {

  private final Database database;
  private final CardTokens tokens;
  private final Duration life;
  private final AuditTrail audit;
  private final InstantSource clock;

  /**
   * @param life how long a QR is good
   */
  public ScreenQrService(
      Database database, CardTokens tokens, Duration life, AuditTrail audit, InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.life = life;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A QR of a pupil. Others that were issued stay good until they expire.
   *
   * @param guardianId who asks, for one of their own children alone; empty for staff
   * @return fails with NOT_FOUND without such a pupil, with CONFLICT when they are not active
   */
  public Future<ScreenQr> issue(
      UUID schoolId, UUID studentId, Optional<UUID> guardianId, AuditActor actor) {
    return database
        .inSchool(
            schoolId,
            connection ->
                CardChange.begin(connection, audit, clock, schoolId, actor)
                    .compose(
                        change ->
                            requireOwn(change, studentId, guardianId)
                                .compose(own -> issue(change, studentId))))
        .map(until -> new ScreenQr(tokens.ephemeral(schoolId, studentId, until), until));
  }

  private static Future<Void> requireOwn(
      CardChange change, UUID studentId, Optional<UUID> guardianId) {
    return guardianId.isEmpty()
        ? Future.succeededFuture()
        : change
            .run(TagSql.CHILD, Tuple.of(change.schoolId(), studentId, guardianId.get()))
            .compose(
                found ->
                    found.size() > 0
                        ? Future.succeededFuture()
                        : CardChange.fail(Failure.Kind.NOT_FOUND, "There is no such pupil."));
  }

  private Future<Instant> issue(CardChange change, UUID studentId) {
    Instant until = change.at().plus(life).truncatedTo(ChronoUnit.SECONDS);
    return change
        .requireActive(studentId)
        .compose(
            known ->
                change.note(
                    "qr.issued",
                    "student",
                    studentId,
                    new JsonObject().put("expires_at", until.toString())))
        .map(until);
  }
}
