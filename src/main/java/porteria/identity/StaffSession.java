package porteria.identity;

import java.util.UUID;
import porteria.domain.Role;

/**
 * A person of a school's staff, as an access token vouches for them.
 *
 * @param name what the pages call them
 */
public record StaffSession(UUID schoolId, UUID staffId, Role role, String name) {}
