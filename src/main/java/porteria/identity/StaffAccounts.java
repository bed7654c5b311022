package porteria.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Role;

/**
 * Makes and changes the accounts of staff. Another role, a lock and another password end whatever
 * was issued to the person. A school keeps one admin who can act.
 */
public final class StaffAccounts {

  /** Two when it is not clear which. */
  private static final String SCHOOL =
      "SELECT id FROM school WHERE $1::text IS NULL OR slug = $1::text LIMIT 2";

  private static final int PASSWORD_BYTES = 15;

  private final Database database;
  private final AuditTrail trail;
  private final Passwords passwords;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public StaffAccounts(
      Database database, AuditTrail trail, Passwords passwords, InstantSource clock) {
    this.database = database;
    this.trail = trail;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** The school's accounts by name. */
  public Future<List<StaffRecord>> list(UUID school) {
    return database.inSchool(school, transaction -> StaffRepository.all(transaction, school));
  }

  /** Makes an account with a password of ours. */
  public Future<MadeAccount> add(UUID school, AuditActor actor, NewStaff staff) {
    if (!staff.hasMailbox()) {
      return Future.succeededFuture(new MadeAccount.NotAMailbox());
    }
    String password = newPassword();
    return passwords.inTurn(
        () ->
            passwords
                .hashed(password)
                .compose(
                    hash ->
                        database.inSchool(
                            school, transaction -> add(transaction, school, actor, staff, hash)))
                .map(id -> made(id, staff, password)));
  }

  /**
   * Makes an admin of a school, on the operator's word.
   *
   * @param school its slug; may be empty where there is one school
   * @param email the name is made of it
   */
  public Future<MadeAccount> addAdmin(Optional<String> school, String email) {
    NewStaff admin = new NewStaff(email, email.strip().replaceFirst("@.*", ""), Role.ADMIN);
    return database
        .workerQuery(SCHOOL, Tuple.tuple().addValue(school.orElse(null)))
        .compose(
            found ->
                found.size() == 1
                    ? add(found.iterator().next().getUUID("id"), StaffActs.operator(), admin)
                    : Future.succeededFuture(new MadeAccount.NoSuchSchool()));
  }

  private Future<Optional<UUID>> add(
      SqlConnection transaction, UUID school, AuditActor actor, NewStaff staff, String hash) {
    return StaffRepository.add(transaction, school, staff, hash)
        .compose(
            id ->
                id.map(made -> StaffActs.created(school, actor, made, staff.role()))
                    .map(entry -> trail.append(transaction, entry))
                    .orElseGet(Future::succeededFuture)
                    .map(noted -> id));
  }

  private static MadeAccount made(Optional<UUID> id, NewStaff staff, String password) {
    return id.<MadeAccount>map(
            known ->
                new MadeAccount.Account(
                    new StaffRecord(known, staff.email(), staff.name(), staff.role(), false),
                    password))
        .orElseGet(MadeAccount.MailboxTaken::new);
  }

  /**
   * Changes an account.
   *
   * @return the account as it is then; fails with kind {@code NOT_FOUND} when the school has no
   *     such person, {@code CONFLICT} when nobody would be left who can administer it
   */
  public Future<StaffRecord> change(UUID school, AuditActor actor, UUID staff, StaffChange change) {
    return database.inSchool(
        school,
        transaction ->
            StaffRepository.holdAdmins(transaction, school)
                .compose(
                    admins ->
                        StaffRepository.hold(transaction, school, staff)
                            .map(found -> found.orElseThrow(StaffAccounts::unknown))
                            .map(before -> keepingAnAdmin(admins, before, before.with(change)))
                            .compose(moved -> apply(transaction, school, actor, moved))));
  }

  /** An account before and after. */
  private record Moved(StaffRecord before, StaffRecord after) {

    boolean endsSessions() {
      return before.role() != after.role() || before.locked() != after.locked();
    }
  }

  private static Moved keepingAnAdmin(List<UUID> admins, StaffRecord before, StaffRecord after) {
    boolean last = admins.equals(List.of(before.id()));
    if (last && before.isActiveAdmin() && !after.isActiveAdmin()) {
      throw Failure.of(
              Failure.Kind.CONFLICT, "This is the last admin who can act; make another one first.")
          .asException();
    }
    return new Moved(before, after);
  }

  private Future<StaffRecord> apply(
      SqlConnection transaction, UUID school, AuditActor actor, Moved moved) {
    StaffRecord after = moved.after();
    return StaffRepository.change(transaction, school, after, clock.instant())
        .compose(
            changed ->
                moved.endsSessions()
                    ? SessionRepository.revokeAll(transaction, school, after.id())
                    : Future.succeededFuture())
        .compose(
            ended -> note(transaction, StaffActs.changed(school, actor, moved.before(), after)))
        .map(noted -> after);
  }

  private Future<Void> note(SqlConnection transaction, List<AuditEntry> entries) {
    Future<Void> noted = Future.succeededFuture();
    for (AuditEntry entry : entries) {
      noted = noted.compose(before -> trail.append(transaction, entry));
    }
    return noted;
  }

  /**
   * Gives a person a password of ours, which ends all their sessions.
   *
   * @return the password, 20 characters, kept nowhere; fails with kind {@code NOT_FOUND} when the
   *     school has no such person
   */
  public Future<String> resetPassword(UUID school, AuditActor actor, UUID staff) {
    String password = newPassword();
    AuditEntry entry = StaffActs.done(school, actor, "staff.password_reset", staff);
    return passwords.inTurn(
        () ->
            passwords
                .hashed(password)
                .compose(hash -> replacePassword(entry, staff, hash))
                .map(replaced -> password));
  }

  /** Keeps the password that a person chose, and ends whatever was issued to them. */
  Future<Void> choosePassword(StaffMember staff, String hash, String address) {
    AuditActor self = StaffActs.self(staff.id(), staff.role(), address);
    AuditEntry entry = StaffActs.done(staff.schoolId(), self, "staff.password_changed", staff.id());
    return replacePassword(entry, staff.id(), hash);
  }

  private Future<Void> replacePassword(AuditEntry entry, UUID staff, String hash) {
    UUID school = entry.schoolId();
    return database.inSchool(
        school,
        transaction ->
            StaffRepository.replacePassword(transaction, school, staff, hash)
                .map(email -> email.orElseThrow(StaffAccounts::unknown))
                .compose(known -> SessionRepository.revokeAll(transaction, school, staff))
                .compose(ended -> KnownDevices.forget(transaction, school, staff))
                .compose(forgotten -> trail.append(transaction, entry)));
  }

  /** The mailbox of the person of a session. */
  Future<String> mailbox(StaffSession session) {
    return database
        .inSchool(
            session.schoolId(),
            transaction ->
                StaffRepository.mailbox(transaction, session.schoolId(), session.staffId()))
        .map(email -> email.orElseThrow(StaffAccounts::unknown));
  }

  private String newPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static RuntimeException unknown() {
    return Failure.of(Failure.Kind.NOT_FOUND, "There is no such person at this school.")
        .asException();
  }
}
