package porteria.bus;

import java.util.UUID;

/**
 * Who of a school is excused has changed, and the change is committed. A hint: what must follow is
 * found in the database too.
 */
public record AbsenceChanged(UUID schoolId) {}
