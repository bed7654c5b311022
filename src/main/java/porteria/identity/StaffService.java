package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import porteria.audit.AuditTrail;
import porteria.config.SecuritySettings;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.Role;
import porteria.identity.SignInGuard.Attempt;

/** Signs people of the staff in. */
public final class StaffService {

  /**
   * Mailboxes are unique across schools, and before signing in the school is unknown: this is asked
   * as the worker, who sees all schools.
   */
  private static final String BY_EMAIL =
      """
      SELECT school_id, id, role, full_name, password_hash
      FROM staff_user
      WHERE email = $1
      """;

  private final Database database;
  private final Passwords passwords;
  private final SessionService sessions;
  private final SignInGuard guard;
  private final SignInTrail trail;
  private final StaffAccounts accounts;
  private final SecondFactor secondFactor;
  private final KnownDevices devices;

  public StaffService(
      Database database,
      Passwords passwords,
      SessionService sessions,
      StaffAccounts accounts,
      SecondFactor secondFactor,
      SecuritySettings settings,
      InstantSource clock) {
    this.guard = new SignInGuard(database, settings.secretKey(), clock);
    this.devices = new KnownDevices(database, settings, clock);
    this.accounts = accounts;
    this.secondFactor = secondFactor;
    this.database = database;
    this.passwords = passwords;
    this.sessions = sessions;
    this.trail = new SignInTrail(database, new AuditTrail(clock));
  }

  /**
   * Signs a person in.
   *
   * @return the tokens of a new session; fails with {@link porteria.domain.FailureException} of
   *     kind {@code UNAUTHENTICATED}, with the same words and after the same time, whether the
   *     mailbox is unknown, the password or the code wrong or the person locked; {@code
   *     TOTP_REQUIRED} when the password is right and a code is missing; {@code TOO_MANY_REQUESTS}
   */
  public Future<SignedIn> login(SignIn signIn) {
    return guarded(signIn, staff -> sessions.open(staff, signIn.address(), signIn.devices()));
  }

  /** Signs a person in to the pages: as {@link #login}, with tokens for the browser's cookies. */
  public Future<SignedInPages> openPages(SignIn signIn) {
    return guarded(signIn, staff -> sessions.openPages(staff, signIn.address(), signIn.devices()));
  }

  /**
   * Gives a person another password, which ends all their sessions and opens a new one.
   *
   * @param current their password of now; wrong ones are counted against this session, as those of
   *     a known device at {@link #login}
   * @return the tokens of the new session; fails with kind {@code INVALID_REQUEST} when the new
   *     password is too short, too long or a common one
   */
  public Future<SignedIn> changePassword(
      StaffSession session, String current, String wanted, String address) {
    return passwords.inTurn(
        () ->
            accounts
                .mailbox(session)
                .compose(email -> objecting(wanted, email))
                .compose(
                    email ->
                        attempt(
                            new SignIn(email, current, address),
                            new Attempt(email, address, Optional.of(session.sessionId())),
                            staff -> replace(staff, wanted, address))));
  }

  private static Future<String> objecting(String wanted, String email) {
    return PasswordPolicy.objection(wanted, email)
        .<Future<String>>map(objection -> Future.failedFuture(objection.asException()))
        .orElseGet(() -> Future.succeededFuture(email));
  }

  private Future<SignedIn> replace(StaffMember staff, String wanted, String address) {
    return passwords
        .hashed(wanted)
        .compose(hash -> accounts.choosePassword(staff, hash, address))
        .compose(replaced -> sessions.open(staff, address, List.of()));
  }

  private <T> Future<T> guarded(SignIn signIn, Function<StaffMember, Future<T>> opened) {
    String account = signIn.account();
    return passwords.inTurn(
        () ->
            devices
                .find(account, signIn.devices())
                .map(device -> new Attempt(account, signIn.address(), device))
                .compose(
                    attempt ->
                        attempt(
                            signIn,
                            attempt,
                            staff ->
                                secondFactor
                                    .check(staff, signIn.totp(), signIn.address())
                                    .compose(opened))));
  }

  private <T> Future<T> attempt(
      SignIn signIn, Attempt attempt, Function<StaffMember, Future<T>> opened) {
    return guard
        .admit(attempt)
        .compose(
            failures ->
                check(signIn, failures)
                    .compose(
                        staff -> opened.apply(staff).onFailure(noting(staff, signIn, failures)))
                    .compose(
                        session -> guard.succeeded(attempt).map(done -> session),
                        refused -> settled(refused, attempt)));
  }

  /** Notes a refusal of a person who exists: by a wrong password, or although it was right. */
  private Handler<Throwable> noting(StaffMember staff, SignIn signIn, int failures) {
    return error -> {
      if (isRefusal(error)) {
        trail.refused(staff, signIn.address(), failures);
      }
    };
  }

  private static boolean isRefusal(Throwable error) {
    return isOf(Failure.Kind.UNAUTHENTICATED, error);
  }

  private static boolean isOf(Failure.Kind kind, Throwable error) {
    return error instanceof FailureException known && known.failure().kind() == kind;
  }

  /** Only what was refused for its words counts, not that we were busy. */
  private <T> Future<T> settled(Throwable error, Attempt attempt) {
    Future<Void> settled = isRefusal(error) ? guard.failed(attempt) : Future.succeededFuture();
    return settled.compose(done -> Future.failedFuture(error));
  }

  private Future<StaffMember> check(SignIn signIn, int failures) {
    String password = signIn.password();
    return find(signIn.account())
        .compose(
            found ->
                found
                    .map(staff -> check(staff, signIn, failures))
                    .orElseGet(
                        () -> passwords.matchesNobody(password).compose(no -> notSignedIn())));
  }

  private Future<StaffMember> check(Credentials staff, SignIn signIn, int failures) {
    return passwords
        .matches(signIn.password(), staff.passwordHash())
        .compose(right -> right ? Future.succeededFuture(staff.member()) : notSignedIn())
        .onFailure(noting(staff.member(), signIn, failures));
  }

  private Future<Optional<Credentials>> find(String account) {
    if (account.indexOf('\0') >= 0) {
      // PostgreSQL has no such text, and so nobody has such a mailbox.
      return Future.succeededFuture(Optional.empty());
    }
    return database.workerQuery(BY_EMAIL, Tuple.of(account)).map(StaffService::credentials);
  }

  private static Optional<Credentials> credentials(RowSet<Row> rows) {
    return rows.stream()
        .findFirst()
        .map(
            row ->
                new Credentials(
                    new StaffMember(
                        row.getUUID("school_id"),
                        row.getUUID("id"),
                        Role.valueOf(row.getString("role")),
                        row.getString("full_name")),
                    row.getString("password_hash")));
  }

  static <T> Future<T> notSignedIn() {
    return Future.failedFuture(
        Failure.of(Failure.Kind.UNAUTHENTICATED, "email or password is not right").asException());
  }

  private record Credentials(StaffMember member, String passwordHash) {}
}
