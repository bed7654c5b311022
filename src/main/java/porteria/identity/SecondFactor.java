package porteria.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import porteria.audit.AuditActor;
import porteria.audit.AuditTrail;
import porteria.config.SecuritySettings;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.identity.SecondFactorRepository.Factor;
import porteria.identity.SecondFactorRepository.Owner;

/**
 * One-time codes beside the password, and recovery codes instead of them.
 *
 * <pre>
 *   none ──offer──► offered ──right code──► confirmed: asked for at signing in
 *    ▲               └─offer─┘ anew             │
 *    └────────────── an admin removes it ◄──────┘
 * </pre>
 */
public final class SecondFactor {

  private static final String ISSUER = "Portería";
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern CODE = Pattern.compile("\\d{6}");

  private final Database database;
  private final AuditTrail trail;
  private final SessionService sessions;
  private final SealedSecrets secrets;
  private final RecoveryCodes recovery;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * What confirming answers.
   *
   * @param recoveryCodes each good once instead of a code
   */
  public record Confirmed(SignedIn signedIn, List<String> recoveryCodes) {

    public Confirmed {
      recoveryCodes = List.copyOf(recoveryCodes);
    }

    /** The codes stay out of logs. */
    @Override
    public String toString() {
      return "Confirmed[]";
    }
  }

  /**
   * The same for a browser.
   *
   * @param recoveryCodes each good once instead of a code
   */
  public record ConfirmedPages(SignedInPages signedIn, List<String> recoveryCodes) {

    public ConfirmedPages {
      recoveryCodes = List.copyOf(recoveryCodes);
    }

    /** The codes stay out of logs. */
    @Override
    public String toString() {
      return "ConfirmedPages[]";
    }
  }

  public SecondFactor(
      Database database,
      AuditTrail trail,
      SessionService sessions,
      SecuritySettings settings,
      InstantSource clock) {
    this.sessions = sessions;
    this.database = database;
    this.trail = trail;
    this.secrets = new SealedSecrets(settings);
    this.recovery = new RecoveryCodes(settings);
    this.clock = clock;
  }

  /**
   * Offers a secret to a person's app; an earlier offer is withdrawn.
   *
   * @return fails with kind {@code CONFLICT} when the person has confirmed one
   */
  public Future<TotpOffer> offer(StaffSession session) {
    byte[] secret = new byte[OneTimeCodes.SECRET_BYTES];
    random.nextBytes(secret);
    Owner owner = owner(session);
    return database.inSchool(
        owner.schoolId(),
        transaction ->
            SecondFactorRepository.offer(
                    transaction, owner, secrets.seal(owner.staffId(), secret), clock.instant())
                .map(offered -> offered || failing(taken()))
                .compose(
                    offered ->
                        StaffRepository.mailbox(transaction, owner.schoolId(), owner.staffId()))
                .map(email -> offer(secret, email.orElse(""))));
  }

  /** The key URI that authenticator apps read; all of its parameters are their defaults. */
  private static TotpOffer offer(byte[] secret, String email) {
    String text = OneTimeCodes.base32(secret);
    URI uri =
        URI.create(
            "otpauth://totp/%s:%s?secret=%s&issuer=%s"
                .formatted(escaped(ISSUER), escaped(email), text, escaped(ISSUER)));
    return new TotpOffer(text, uri);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether the person of a session has confirmed one. */
  public Future<Boolean> isConfirmed(StaffSession session) {
    Owner owner = owner(session);
    return database.readSchool(
        owner.schoolId(),
        transaction ->
            SecondFactorRepository.find(transaction, owner)
                .map(found -> found.filter(Factor::confirmed).isPresent()));
  }

  /**
   * Confirms the offered secret with a code of it; from now on codes are asked for. Whatever was
   * issued to the person so far ends, for it was issued for the password alone; the caller goes on
   * in a new session.
   *
   * @return recovery codes, kept nowhere; fails with kind {@code INVALID_REQUEST} when the code is
   *     not right, {@code CONFLICT} when nothing is offered
   */
  public Future<Confirmed> confirm(StaffSession session, String typed, String address) {
    List<String> codes = recovery.draw();
    return confirm(
            session,
            typed,
            address,
            codes,
            (transaction, staff) -> sessions.open(transaction, staff, address, List.of()))
        .map(signedIn -> new Confirmed(signedIn, codes));
  }

  /**
   * The same of whoever looks at the pages: they go on in a new session of their browser.
   *
   * @param shown secrets of the browser; see {@link SignedInPages}
   */
  public Future<ConfirmedPages> confirmPages(
      StaffSession session, String typed, String address, List<String> shown) {
    List<String> codes = recovery.draw();
    return confirm(
            session,
            typed,
            address,
            codes,
            (transaction, staff) -> sessions.openPages(transaction, staff, address, shown))
        .map(signedIn -> new ConfirmedPages(signedIn, codes));
  }

  private <T> Future<T> confirm(
      StaffSession session,
      String typed,
      String address,
      List<String> codes,
      BiFunction<SqlConnection, StaffMember, Future<T>> opened) {
    Owner owner = owner(session);
    AuditActor self = StaffActs.self(session.staffId(), session.role(), address);
    return database.inSchool(
        owner.schoolId(),
        transaction ->
            SecondFactorRepository.find(transaction, owner)
                .map(found -> found.filter(factor -> !factor.confirmed()))
                .map(offered -> offered.orElseThrow(SecondFactor::nothingOffered))
                .compose(offered -> use(transaction, owner, offered, typed))
                .map(used -> used || failing(wrong()))
                .compose(
                    used ->
                        SecondFactorRepository.addCodes(
                            transaction,
                            owner,
                            codes.stream()
                                .map(code -> recovery.hash(owner.staffId(), code))
                                .toList()))
                .compose(
                    added -> KnownDevices.forget(transaction, owner.schoolId(), owner.staffId()))
                .compose(forgotten -> SessionService.endAll(transaction, session, clock.instant()))
                .compose(
                    staff ->
                        note(transaction, owner, self, "staff.totp_confirmed")
                            .compose(noted -> opened.apply(transaction, staff))));
  }

  /**
   * Asks a person whose password was right for the second factor, if they have confirmed one.
   *
   * @return the person; fails with kind {@code TOTP_REQUIRED} when a code is missing, {@code
   *     UNAUTHENTICATED} when it is wrong or was used before
   */
  Future<StaffMember> check(StaffMember staff, Optional<String> typed, String address) {
    Owner owner = new Owner(staff.schoolId(), staff.id());
    AuditActor self = StaffActs.self(staff.id(), staff.role(), address);
    return database.inSchool(
        owner.schoolId(),
        transaction ->
            SecondFactorRepository.find(transaction, owner)
                .map(found -> found.filter(Factor::confirmed))
                .compose(
                    factor ->
                        factor.isEmpty()
                            ? Future.succeededFuture(staff)
                            : spend(transaction, owner, factor.get(), typed, self).map(staff)));
  }

  private Future<Void> spend(
      SqlConnection transaction,
      Owner owner,
      Factor factor,
      Optional<String> typed,
      AuditActor self) {
    String code = BLANKS.matcher(typed.orElseThrow(SecondFactor::missing)).replaceAll("");
    if (CODE.matcher(code).matches()) {
      return use(transaction, owner, factor, code)
          .compose(used -> used ? Future.succeededFuture() : StaffService.notSignedIn());
    }
    return SecondFactorRepository.useCode(
            transaction, owner, recovery.hashes(owner.staffId(), code), clock.instant())
        .compose(
            used ->
                used
                    ? note(transaction, owner, self, "staff.recovery_code_used")
                    : StaffService.notSignedIn());
  }

  /** Whether the code was right, and its step not used before. */
  private Future<Boolean> use(SqlConnection transaction, Owner owner, Factor factor, String typed) {
    byte[] secret =
        secrets.open(owner.staffId(), factor.secret()).orElseThrow(SecondFactor::otherKey);
    String code = BLANKS.matcher(typed).replaceAll("");
    OptionalLong step = OneTimeCodes.match(secret, code, clock.instant(), factor.lastStep());
    return step.isEmpty()
        ? Future.succeededFuture(false)
        : SecondFactorRepository.use(
            transaction,
            owner,
            factor,
            step.getAsLong(),
            secrets.seal(owner.staffId(), secret),
            clock.instant());
  }

  /**
   * Takes a person's second factor away, which ends all their sessions; for who lost the phone and
   * the recovery codes.
   *
   * @return fails with kind {@code NOT_FOUND} when the school has no such person, or they have none
   */
  public Future<Void> remove(UUID school, AuditActor actor, UUID staff) {
    Owner owner = new Owner(school, staff);
    return database.inSchool(
        school,
        transaction ->
            SecondFactorRepository.remove(transaction, owner)
                .map(removed -> removed || failing(none()))
                .compose(removed -> SessionRepository.revokeAll(transaction, school, staff))
                .compose(ended -> note(transaction, owner, actor, "staff.totp_removed")));
  }

  private Future<Void> note(
      SqlConnection transaction, Owner owner, AuditActor actor, String action) {
    return trail.append(
        transaction, StaffActs.done(owner.schoolId(), actor, action, owner.staffId()));
  }

  private static Owner owner(StaffSession session) {
    return new Owner(session.schoolId(), session.staffId());
  }

  private static boolean failing(RuntimeException failure) {
    throw failure;
  }

  private static RuntimeException missing() {
    return Failure.of(
            Failure.Kind.TOTP_REQUIRED, "Send totp too: a code of the app, or a recovery code.")
        .asException();
  }

  private static RuntimeException wrong() {
    return new Failure(
            Failure.Kind.INVALID_REQUEST,
            "This code is not right.",
            List.of(new FieldError("/totp", "allowed is the code that the app shows now")))
        .asException();
  }

  private static RuntimeException taken() {
    return Failure.of(
            Failure.Kind.CONFLICT, "A second factor is confirmed already; an admin can remove it.")
        .asException();
  }

  private static RuntimeException nothingOffered() {
    return Failure.of(Failure.Kind.CONFLICT, "Nothing is to be confirmed; enrol first.")
        .asException();
  }

  private static RuntimeException none() {
    return Failure.of(Failure.Kind.NOT_FOUND, "There is no such second factor at this school.")
        .asException();
  }

  private static RuntimeException otherKey() {
    return Failure.of(
            Failure.Kind.INTERNAL, "This second factor was sealed with a key that is not set now.")
        .asException();
  }
}
