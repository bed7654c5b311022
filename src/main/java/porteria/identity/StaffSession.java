package porteria.identity;

import java.util.UUID;
import porteria.domain.Role;

/**
 * A person of a school's staff in one of their sessions, as an access token vouches for them.
 *
 * @param name what the pages call them
 * @param sessionId the session, which may be ended before the token expires
 * @param version of everything issued to this person; a later one ends it all
 * @param enrolling whether the role needs a second factor that the person has yet to confirm, and
 *     until then may do nothing else
 */
public record StaffSession(
    UUID schoolId,
    UUID staffId,
    Role role,
    String name,
    UUID sessionId,
    int version,
    boolean enrolling) {}
