package porteria.roster;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.bus.Bus;
import porteria.bus.RosterChanged;

/**
 * Changes of the roster in the audit trail, and on the bus once they are committed. The trail can
 * never be erased, so it names ids and the fields that changed, and no values of them.
 */
final class Acts {

  private final AuditTrail audit;
  private final Bus bus;
  private final Set<UUID> courses;

  Acts(AuditTrail audit, Bus bus) {
    this(audit, bus, Set.of());
  }

  private Acts(AuditTrail audit, Bus bus, Set<UUID> courses) {
    this.audit = audit;
    this.bus = bus;
    this.courses = courses;
  }

  /** The same, for an act that touches the pupils or the hours of these courses alone. */
  Acts in(UUID... touched) {
    return new Acts(audit, bus, Set.copyOf(Arrays.asList(touched)));
  }

  /** Adds an entry; the last that a transaction does. */
  Future<Void> append(
      SqlConnection connection, UUID school, AuditActor actor, String action, UUID id) {
    return append(connection, school, actor, action, id, Optional.empty());
  }

  /** Adds an entry about fields that changed; the last that a transaction does. */
  Future<Void> append(
      SqlConnection connection,
      UUID school,
      AuditActor actor,
      String action,
      UUID id,
      List<String> fields) {
    JsonObject changed = new JsonObject().put("fields", new JsonArray(List.copyOf(fields)));
    return append(connection, school, actor, action, id, Optional.of(changed));
  }

  /** Adds an entry that says what was and what is; the last that a transaction does. */
  Future<Void> append(
      SqlConnection connection,
      UUID school,
      AuditActor actor,
      String action,
      UUID id,
      JsonObject before,
      JsonObject after) {
    String entity = action.substring(0, action.indexOf('.'));
    return audit.append(
        connection,
        new AuditEntry(
            school, actor, action, entity, id.toString(), Optional.of(before), Optional.of(after)));
  }

  /** Adds an entry that says more; the last that a transaction does. */
  Future<Void> append(
      SqlConnection connection,
      UUID school,
      AuditActor actor,
      String action,
      UUID id,
      Optional<JsonObject> after) {
    String entity = action.substring(0, action.indexOf('.'));
    return audit
        .append(
            connection,
            new AuditEntry(school, actor, action, entity, id.toString(), Optional.empty(), after))
        .onSuccess(noted -> tellOnceCommitted(connection, school));
  }

  /** What works by the roster should look anew; it would find out later without being told. */
  private void tellOnceCommitted(SqlConnection connection, UUID school) {
    connection
        .transaction()
        .completion()
        .onSuccess(
            committed ->
                bus.publish(
                    porteria.bus.Addresses.ROSTER_CHANGED, new RosterChanged(school, courses)));
  }
}
