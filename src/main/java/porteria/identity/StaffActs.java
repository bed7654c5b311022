package porteria.identity;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.domain.Role;

/** What is done to accounts, as the audit trail words it. */
final class StaffActs {

  private static final String ENTITY = "staff_user";

  private StaffActs() {}

  /** A person who acts on their own account. */
  static AuditActor self(UUID staff, Role role, String address) {
    return AuditActor.staff(staff, role, Optional.of(address));
  }

  /** The operator at the server. */
  static AuditActor operator() {
    return new AuditActor(
        AuditActor.Kind.SYSTEM, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static AuditEntry created(UUID school, AuditActor actor, UUID staff, Role role) {
    return entry(school, actor, "staff.created", staff, "role", Optional.empty(), role.name());
  }

  /** An act with nothing to compare. */
  static AuditEntry done(UUID school, AuditActor actor, String action, UUID staff) {
    return new AuditEntry(
        school, actor, action, ENTITY, staff.toString(), Optional.empty(), Optional.empty());
  }

  /** One entry for each that is different now. */
  static List<AuditEntry> changed(
      UUID school, AuditActor actor, StaffRecord before, StaffRecord after) {
    List<AuditEntry> entries = new ArrayList<>();
    UUID staff = before.id();
    if (before.role() != after.role()) {
      Optional<String> was = Optional.of(before.role().name());
      entries.add(
          entry(school, actor, "staff.role_changed", staff, "role", was, after.role().name()));
    }
    if (before.locked() != after.locked()) {
      entries.add(done(school, actor, after.locked() ? "staff.locked" : "staff.unlocked", staff));
    }
    if (!before.name().equals(after.name())) {
      entries.add(done(school, actor, "staff.renamed", staff));
    }
    return entries;
  }

  private static AuditEntry entry(
      UUID school,
      AuditActor actor,
      String action,
      UUID staff,
      String field,
      Optional<String> before,
      String after) {
    return new AuditEntry(
        school,
        actor,
        action,
        ENTITY,
        staff.toString(),
        before.map(value -> new JsonObject().put(field, value)),
        Optional.of(new JsonObject().put(field, after)));
  }
}
