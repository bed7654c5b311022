package porteria.bus;

import java.util.UUID;

/** The day before today on which pupils of a school came last, as it stood at this time of day. */
public record ViewPreviousDay(UUID schoolId) {}
