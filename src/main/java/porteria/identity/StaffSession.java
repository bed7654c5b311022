package porteria.identity;

import java.util.UUID;
import porteria.domain.Role;

/**
 * A person of a school's staff in one of their sessions, as an access token vouches for them.
 *
 * @param name what the pages call them
 * @param sessionId the session, which may be ended before the token expires
 * @param version of everything issued to this person; a later one ends it all
 */
public record StaffSession(
    UUID schoolId, UUID staffId, Role role, String name, UUID sessionId, int version) {}
