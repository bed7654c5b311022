package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.MagicLinkTokens;

/**
 * Exchanges links for sessions. What is tried with a link that exists is written into the trail of
 * its school; a token that nobody was given belongs to no school and is only logged.
 */
public final class MagicLinkRedemption {

  private static final Logger LOG = LoggerFactory.getLogger(MagicLinkRedemption.class);

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final Database database;
  private final MagicLinkTokens tokens;
  private final ParentSessions sessions;
  private final AuditTrail audit;
  private final InstantSource clock;

  public MagicLinkRedemption(
      Database database,
      MagicLinkTokens tokens,
      ParentSessions sessions,
      AuditTrail audit,
      InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
  }

  /** One attempt at a link of a school. */
  private record Attempt(SqlConnection transaction, UUID school, Buffer hash, AuditActor actor) {}

  /**
   * Opens the session that a link stands for, once.
   *
   * @param visitor who sends the token
   * @return fails with UNAUTHENTICATED, in the same words whether the token is unknown, used or
   *     expired
   */
  public Future<ParentSession> redeem(String token, AuditActor visitor) {
    if (!TOKEN.matcher(token).matches()) {
      return refused();
    }
    Buffer hash = Buffer.buffer(tokens.hash(token));
    return database
        .workerQuery(MagicLinkSql.SCHOOL_BY_TOKEN, Tuple.of(hash))
        .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("school_id")))
        .compose(school -> school.map(id -> redeem(id, hash, visitor)).orElseGet(this::unknown))
        .compose(
            session ->
                session.map(Future::succeededFuture).orElseGet(MagicLinkRedemption::refused));
  }

  private Future<Optional<ParentSession>> unknown() {
    LOG.info("a magic link was tried that is not kept");
    return Future.succeededFuture(Optional.empty());
  }

  /** Commits in every case, for a refusal is written down too. */
  private Future<Optional<ParentSession>> redeem(UUID school, Buffer hash, AuditActor visitor) {
    return database.inSchool(
        school, transaction -> redeem(new Attempt(transaction, school, hash, visitor)));
  }

  private Future<Optional<ParentSession>> redeem(Attempt attempt) {
    OffsetDateTime now = Columns.utc(clock.instant());
    return attempt
        .transaction()
        .preparedQuery(MagicLinkSql.REDEEM)
        .execute(Tuple.of(attempt.school(), attempt.hash(), now))
        .compose(
            used -> used.size() == 0 ? tooLate(attempt) : open(attempt, used.iterator().next()));
  }

  private Future<Optional<ParentSession>> open(Attempt attempt, Row link) {
    UUID guardian = link.getUUID("guardian_id");
    UUID id = link.getUUID("id");
    return sessions
        .open(attempt.transaction(), attempt.school(), guardian)
        .compose(
            session ->
                session.isEmpty()
                    ? refuse(attempt, id, "INACTIVE_GUARDIAN")
                    : audit
                        .append(attempt.transaction(), redeemed(attempt, guardian, id))
                        .map(session));
  }

  private Future<Optional<ParentSession>> tooLate(Attempt attempt) {
    return attempt
        .transaction()
        .preparedQuery(MagicLinkSql.SPENT)
        .execute(Tuple.of(attempt.school(), attempt.hash()))
        .map(rows -> rows.iterator().next())
        .compose(
            link ->
                refuse(attempt, link.getUUID("id"), link.getBoolean("used") ? "USED" : "EXPIRED"));
  }

  private Future<Optional<ParentSession>> refuse(Attempt attempt, UUID link, String reason) {
    AuditEntry entry =
        new AuditEntry(
            attempt.school(),
            attempt.actor(),
            "magic_link.refused",
            "magic_link",
            link.toString(),
            Optional.empty(),
            Optional.of(new JsonObject().put("reason", reason)));
    return audit.append(attempt.transaction(), entry).map(Optional.empty());
  }

  private static AuditEntry redeemed(Attempt attempt, UUID guardian, UUID link) {
    AuditActor actor =
        new AuditActor(
            AuditActor.Kind.GUARDIAN,
            Optional.of(guardian),
            Optional.empty(),
            attempt.actor().ip());
    return new AuditEntry(
        attempt.school(),
        actor,
        "magic_link.redeemed",
        "magic_link",
        link.toString(),
        Optional.empty(),
        Optional.empty());
  }

  private static <T> Future<T> refused() {
    return Future.failedFuture(
        Failure.of(
                Failure.Kind.UNAUTHENTICATED, "This link is not valid any more; ask for a new one.")
            .asException());
  }
}
