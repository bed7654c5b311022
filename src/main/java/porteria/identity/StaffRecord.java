package porteria.identity;

import java.util.UUID;
import porteria.domain.Role;

/**
 * An account of a school's staff as admins see it.
 *
 * @param email where it signs in, lower case
 * @param locked whether it is closed: no session is open, none can be opened
 */
public record StaffRecord(UUID id, String email, String name, Role role, boolean locked) {

  boolean isActiveAdmin() {
    return role == Role.ADMIN && !locked;
  }

  StaffRecord with(StaffChange change) {
    return new StaffRecord(
        id,
        email,
        change.name().orElse(name),
        change.role().orElse(role),
        change.locked().orElse(locked));
  }
}
