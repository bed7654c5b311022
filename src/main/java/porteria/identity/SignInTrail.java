package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.db.Database;

/**
 * Writes refused attempts to sign in into the audit trail of the school of the person they were
 * made for. Attempts for a mailbox that nobody has are of no school and stand nowhere.
 */
final class SignInTrail {

  private static final Logger LOG = LoggerFactory.getLogger(SignInTrail.class);

  private final Database database;
  private final AuditTrail trail;

  SignInTrail(Database database, AuditTrail trail) {
    this.database = database;
    this.trail = trail;
  }

  /**
   * Writes it down without being waited for: the time of the answer would tell that there is such a
   * person.
   *
   * @param failures in a row, with this one
   */
  void refused(StaffMember staff, String address, int failures) {
    database
        .inSchool(
            staff.schoolId(),
            transaction ->
                trail
                    .append(transaction, entry(staff, "staff.login_failed", address, failures))
                    .compose(
                        written ->
                            SignInGuard.closes(failures)
                                ? trail.append(
                                    transaction, entry(staff, "staff.locked", address, failures))
                                : Future.<Void>succeededFuture()))
        .onFailure(
            error ->
                LOG.error("staff {}: a failed sign-in is not in the trail", staff.id(), error));
  }

  private static AuditEntry entry(StaffMember staff, String action, String address, int failures) {
    return new AuditEntry(
        staff.schoolId(),
        new AuditActor(
            AuditActor.Kind.ANONYMOUS, Optional.empty(), Optional.empty(), Optional.of(address)),
        action,
        "staff_user",
        staff.id().toString(),
        Optional.empty(),
        Optional.of(new JsonObject().put("failures", failures)));
  }
}
