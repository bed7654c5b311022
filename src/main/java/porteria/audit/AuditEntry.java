package porteria.audit;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * One act.
 *
 * @param action dotted lower-case words, such as {@code staff.role_changed}
 * @param entity kind of what was acted upon, such as {@code staff_user}
 * @param entityId of what was acted upon
 * @param before what mattered of it before; never a secret
 * @param after what mattered of it afterwards; never a secret
 */
public record AuditEntry(
    UUID schoolId,
    AuditActor actor,
    String action,
    String entity,
    String entityId,
    Optional<JsonObject> before,
    Optional<JsonObject> after) {}
