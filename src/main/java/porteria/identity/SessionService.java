package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.config.SecuritySettings;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Role;
import porteria.identity.SessionRepository.Held;
import porteria.identity.SessionRepository.Opened;
import porteria.identity.SessionRepository.Place;

/**
 * Opens, renews and ends the sessions of staff.
 *
 * <p>A refresh token is good once and answered with its successor (RFC 9700, section 4.14.2). One
 * that comes again was copied, by whom cannot be told: the whole session ends. But answers get
 * lost, and two tabs renew at once: for {@link #GRACE} the token spent last, and no earlier one, is
 * answered once more, with the very same successor. So there is only ever one good token, and
 * whoever lags behind the other by more than the grace ends the session.
 */
public final class SessionService {

  static final Duration GRACE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(SessionService.class);

  private final Database database;
  private final AuditTrail trail;
  private final SessionRepository sessions;
  private final RefreshTokens refreshTokens;
  private final KnownDevices devices;
  private final Set<Role> totpRoles;
  private final AccessTokens accessTokens;
  private final SecuritySettings settings;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public SessionService(
      Database database,
      AuditTrail trail,
      SecuritySettings settings,
      AccessTokens tokens,
      InstantSource clock) {
    this.trail = trail;
    this.database = database;
    this.sessions = new SessionRepository(database);
    this.refreshTokens = new RefreshTokens(settings);
    this.devices = new KnownDevices(database, settings, clock);
    this.totpRoles =
        settings.totpRoles().stream().map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
    this.accessTokens = tokens;
    this.settings = settings;
    this.clock = clock;
  }

  /** What became of a refresh token. */
  private sealed interface Turn {

    record Renewed(SignedIn signedIn) implements Turn {}

    record Refused() implements Turn {}
  }

  /** A memory of which sessions are open, for one event loop. */
  public SessionMemory memory() {
    return new SessionMemory(sessions::version, clock);
  }

  /**
   * Opens a session with a refresh token; fails when the person is locked.
   *
   * @param address where the person signs in from
   * @param shown secrets of the device
   */
  Future<SignedIn> open(StaffMember staff, String address, List<String> shown) {
    return database.inSchool(
        staff.schoolId(), transaction -> open(transaction, staff, address, shown));
  }

  /** As {@link #open(StaffMember, String, List)}, in a transaction of the person's school. */
  Future<SignedIn> open(
      SqlConnection transaction, StaffMember staff, String address, List<String> shown) {
    Instant now = clock.instant();
    String token = RefreshTokens.first(random);
    return open(transaction, staff, 1, now, settings.sessionLife())
        .compose(
            opened ->
                SessionRepository.addToken(
                        transaction,
                        new Place(staff.schoolId(), opened.id(), 1),
                        refreshTokens.hash(token))
                    .map(added -> in(staff, opened)))
        .compose(
            session ->
                remember(transaction, staff, session, shown)
                    .compose(known -> trail.append(transaction, login(staff, address)).map(known))
                    .map(known -> signedIn(session, token, known)));
  }

  private SignedIn signedIn(StaffSession session, String refreshToken, List<String> known) {
    return new SignedIn(accessTokens.issue(session), refreshToken, known.stream().findFirst());
  }

  private Future<List<String>> remember(
      SqlConnection transaction, StaffMember staff, StaffSession session, List<String> shown) {
    return session.enrolling()
        ? Future.succeededFuture(List.of())
        : devices.remember(transaction, staff, shown);
  }

  /** Whoever needs a second factor and has none may do no more than get one. */
  private StaffSession in(StaffMember staff, Opened session) {
    return staff.in(
        session, !session.enrolled() && totpRoles.stream().anyMatch(staff.role()::includes));
  }

  /** Opens a session of a browser, which has a cookie and no refresh token. */
  Future<SignedInPages> openPages(StaffMember staff, String address, List<String> shown) {
    return database.inSchool(
        staff.schoolId(), transaction -> openPages(transaction, staff, address, shown));
  }

  /** As {@link #openPages(StaffMember, String, List)}, in a transaction of the person's school. */
  Future<SignedInPages> openPages(
      SqlConnection transaction, StaffMember staff, String address, List<String> shown) {
    return open(transaction, staff, 0, clock.instant(), settings.pageSessionLife())
        .map(opened -> in(staff, opened))
        .compose(
            session ->
                remember(transaction, staff, session, shown)
                    .compose(known -> trail.append(transaction, login(staff, address)).map(known))
                    .map(known -> pages(session, session.enrolling() ? shown : known)));
  }

  private SignedInPages pages(StaffSession session, List<String> devices) {
    return new SignedInPages(accessTokens.issueForPages(session), session.enrolling(), devices);
  }

  /**
   * Ends whatever was issued to the person of a session, this one too.
   *
   * @return the person as they are now, held until the transaction ends; fails with kind {@code
   *     UNAUTHENTICATED} when the session has ended meanwhile
   */
  static Future<StaffMember> endAll(SqlConnection transaction, StaffSession session, Instant now) {
    return SessionRepository.holdPerson(transaction, session, now)
        .compose(found -> found.map(Future::succeededFuture).orElseGet(SessionService::ended))
        .compose(
            staff ->
                SessionRepository.revokeAll(transaction, staff.schoolId(), staff.id()).map(staff));
  }

  private static <T> Future<T> ended() {
    return Future.failedFuture(
        Failure.of(Failure.Kind.UNAUTHENTICATED, "This session has ended; sign in again.")
            .asException());
  }

  private static Future<Opened> open(
      SqlConnection transaction, StaffMember staff, int generation, Instant now, Duration life) {
    return SessionRepository.open(transaction, staff, generation, now, now.plus(life))
        .compose(
            opened -> opened.map(Future::succeededFuture).orElseGet(StaffService::notSignedIn));
  }

  /**
   * Renews a session.
   *
   * @param token the session's refresh token
   * @param address where it is sent from
   * @return an access token with role and name of now, and the next refresh token; fails with
   *     {@link porteria.domain.FailureException} of kind {@code UNAUTHENTICATED} when the token is
   *     not known, its session has ended, or it was spent before — which ends the session
   */
  public Future<SignedIn> refresh(String token, String address) {
    return sessions
        .find(refreshTokens.hashes(token))
        .compose(place -> place.map(found -> turn(token, found, address)).orElseGet(this::unknown))
        .compose(
            turn ->
                switch (turn) {
                  case Turn.Renewed renewed -> Future.succeededFuture(renewed.signedIn());
                  case Turn.Refused refused ->
                      Future.failedFuture(
                          Failure.of(
                                  Failure.Kind.UNAUTHENTICATED,
                                  "This refresh token is not good any more; sign in again.")
                              .asException());
                });
  }

  /** Ends this session; its access tokens are refused within {@link SessionMemory#LIFE}. */
  public Future<Void> end(StaffSession session, String address) {
    return database.inSchool(
        session.schoolId(),
        transaction ->
            SessionRepository.revoke(
                    transaction, session.schoolId(), session.sessionId(), clock.instant())
                .compose(
                    ended ->
                        trail.append(
                            transaction,
                            revoked(
                                session,
                                StaffActs.self(session.staffId(), session.role(), address),
                                "signed out"))));
  }

  /** Ends all sessions of this person, this one too. */
  public Future<Void> endEverywhere(StaffSession session, String address) {
    return database.inSchool(
        session.schoolId(),
        transaction ->
            SessionRepository.revokeAll(transaction, session.schoolId(), session.staffId())
                .compose(
                    ended ->
                        trail.append(
                            transaction,
                            revoked(
                                session,
                                StaffActs.self(session.staffId(), session.role(), address),
                                "signed out everywhere"))));
  }

  private Future<Turn> unknown() {
    return Future.succeededFuture(new Turn.Refused());
  }

  /** The transaction commits in every case: a refusal may have ended the session. */
  private Future<Turn> turn(String token, Place place, String address) {
    Instant now = clock.instant();
    return database.inSchool(
        place.schoolId(),
        transaction ->
            SessionRepository.hold(transaction, place, now)
                .compose(
                    held ->
                        held.filter(Held::open)
                            .map(session -> turn(transaction, token, place, session, address))
                            .orElseGet(this::unknown)));
  }

  private Future<Turn> turn(
      SqlConnection transaction, String token, Place place, Held held, String address) {
    Instant now = clock.instant();
    if (place.generation() == held.generation()) {
      return rotate(transaction, token, place, held, now);
    }
    Optional<String> again = repeated(token, place, held, now);
    if (again.isPresent()) {
      return Future.succeededFuture(renewed(held, again.get()));
    }
    LOG.warn("session {}: a spent refresh token came again, the session ends", place.sessionId());
    return SessionRepository.revoke(transaction, place.schoolId(), place.sessionId(), now)
        .compose(
            ended ->
                trail.append(
                    transaction,
                    revoked(
                        in(held.staff(), held.session()),
                        unknown(address),
                        "a spent refresh token came again")))
        .map(revoked -> new Turn.Refused());
  }

  private Future<Turn> rotate(
      SqlConnection transaction, String token, Place place, Held held, Instant now) {
    Place next = new Place(place.schoolId(), place.sessionId(), place.generation() + 1);
    String successor = refreshTokens.successor(token);
    return SessionRepository.addToken(transaction, next, refreshTokens.hash(successor))
        .compose(added -> SessionRepository.rotate(transaction, next, now))
        .map(rotated -> renewed(held, successor));
  }

  /** The successor once more, for the immediate predecessor within the grace. */
  private Optional<String> repeated(String token, Place place, Held held, Instant now) {
    boolean inGrace =
        place.generation() == held.generation() - 1 && now.isBefore(held.rotatedAt().plus(GRACE));
    return inGrace ? refreshTokens.successor(token, held.current()) : Optional.empty();
  }

  private static AuditEntry login(StaffMember staff, String address) {
    return new AuditEntry(
        staff.schoolId(),
        StaffActs.self(staff.id(), staff.role(), address),
        "staff.login",
        "staff_user",
        staff.id().toString(),
        Optional.empty(),
        Optional.empty());
  }

  private static AuditEntry revoked(StaffSession session, AuditActor actor, String cause) {
    return new AuditEntry(
        session.schoolId(),
        actor,
        "session.revoked",
        "staff_session",
        session.sessionId().toString(),
        Optional.empty(),
        Optional.of(new JsonObject().put("cause", cause)));
  }

  private static AuditActor unknown(String address) {
    return new AuditActor(
        AuditActor.Kind.ANONYMOUS, Optional.empty(), Optional.empty(), Optional.of(address));
  }

  private Turn renewed(Held held, String refreshToken) {
    return new Turn.Renewed(
        new SignedIn(
            accessTokens.issue(in(held.staff(), held.session())), refreshToken, Optional.empty()));
  }
}
