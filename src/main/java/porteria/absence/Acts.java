package porteria.absence;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;

/**
 * What is done with requests, in the audit trail. It can never be erased, so nothing stands there
 * that people wrote, nor why a pupil was absent.
 */
final class Acts {

  private final AuditTrail audit;

  Acts(AuditTrail audit) {
    this.audit = audit;
  }

  /** Adds an entry about a request; the last that a transaction does. */
  Future<Void> append(
      SqlConnection connection, UUID school, AuditActor actor, String action, UUID request) {
    return append(connection, school, actor, action, request, Optional.empty());
  }

  /** Adds an entry about a request that was made: of whom and for which days. */
  Future<AbsenceRequest> appendMade(
      SqlConnection connection, UUID school, AuditActor actor, String action, AbsenceRequest made) {
    JsonObject what =
        new JsonObject()
            .put("student_id", made.student().id().toString())
            .put("from", made.wish().from().toString())
            .put("to", made.wish().to().toString());
    return append(connection, school, actor, action, made.id(), Optional.of(what)).map(made);
  }

  /** Adds an entry about a request that says more; the last that a transaction does. */
  Future<Void> append(
      SqlConnection connection,
      UUID school,
      AuditActor actor,
      String action,
      UUID request,
      Optional<JsonObject> after) {
    return audit.append(
        connection,
        new AuditEntry(
            school, actor, action, "absence_request", request.toString(), Optional.empty(), after));
  }
}
