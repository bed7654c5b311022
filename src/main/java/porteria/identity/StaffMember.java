package porteria.identity;

import java.util.UUID;
import porteria.domain.Role;

/**
 * A person of a school's staff.
 *
 * @param name what the pages call them
 */
record StaffMember(UUID schoolId, UUID id, Role role, String name) {

  /** The person in a session, which may be good for enrolling alone. */
  StaffSession in(SessionRepository.Opened session, boolean enrolling) {
    return new StaffSession(schoolId, id, role, name, session.id(), session.version(), enrolling);
  }
}
