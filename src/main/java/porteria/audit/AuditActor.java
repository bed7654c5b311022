package porteria.audit;

import java.util.Optional;
import java.util.UUID;
import porteria.domain.Role;

/**
 * Who acted.
 *
 * @param id of the person or the device, in the school of the entry
 * @param role that the act was allowed by, as it was then
 * @param ip address that the request came from, as we saw it
 */
public record AuditActor(Kind kind, Optional<UUID> id, Optional<Role> role, Optional<String> ip) {

  /** What an actor is. */
  public enum Kind {
    STAFF,
    GUARDIAN,
    KIOSK,
    /** The server itself. */
    SYSTEM,
    /** Someone who has shown no credentials. */
    ANONYMOUS
  }

  /** A member of staff, acting by the role they have. */
  public static AuditActor staff(UUID id, Role role, Optional<String> ip) {
    return new AuditActor(Kind.STAFF, Optional.of(id), Optional.of(role), ip);
  }
}
