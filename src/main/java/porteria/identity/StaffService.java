package porteria.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.Optional;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Role;

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

  public StaffService(Database database, Passwords passwords, SessionService sessions) {
    this.database = database;
    this.passwords = passwords;
    this.sessions = sessions;
  }

  /**
   * Signs a person in.
   *
   * @param email in any case, surrounding blanks ignored
   * @return the tokens of a new session; fails with {@link porteria.domain.FailureException} of
   *     kind {@code UNAUTHENTICATED}, with the same words and after the same time, whether the
   *     mailbox is unknown or the password wrong
   */
  public Future<SignedIn> login(String email, String password) {
    return check(email, password).compose(sessions::open);
  }

  /** Signs a person in to the pages: as {@link #login}, with a token for the browser's cookie. */
  public Future<AccessToken> openPages(String email, String password) {
    return check(email, password).compose(sessions::openPages);
  }

  private Future<StaffMember> check(String email, String password) {
    return find(email)
        .compose(
            found ->
                found
                    .map(staff -> check(staff, password))
                    .orElseGet(
                        () -> passwords.matchesNobody(password).compose(no -> notSignedIn())));
  }

  private Future<StaffMember> check(Credentials staff, String password) {
    return passwords
        .matches(password, staff.passwordHash())
        .compose(right -> right ? Future.succeededFuture(staff.member()) : notSignedIn());
  }

  private Future<Optional<Credentials>> find(String email) {
    String address = email.strip().toLowerCase(Locale.ROOT);
    if (address.indexOf('\0') >= 0) {
      // PostgreSQL has no such text, and so nobody has such a mailbox.
      return Future.succeededFuture(Optional.empty());
    }
    return database.workerQuery(BY_EMAIL, Tuple.of(address)).map(StaffService::credentials);
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
