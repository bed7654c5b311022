package porteria.bus;

import java.util.Set;
import java.util.UUID;

/**
 * A school's roster, hours or time zone were changed, and the change is committed. A hint: what
 * must follow is found in the database too.
 *
 * @param courseIds whose pupils, hours or enrolments changed; empty when it may be any
 */
public record RosterChanged(UUID schoolId, Set<UUID> courseIds) {

  public RosterChanged {
    courseIds = Set.copyOf(courseIds);
  }
}
