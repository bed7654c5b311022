package porteria.bus;

import java.util.Optional;
import java.util.UUID;
import porteria.domain.Role;

/**
 * The member of staff who wants something done.
 *
 * @param role by which they may
 * @param ip address that the request came from, as we saw it
 */
public record ByStaff(UUID schoolId, UUID staffId, Role role, Optional<String> ip) {}
