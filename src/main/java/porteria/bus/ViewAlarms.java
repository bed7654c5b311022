package porteria.bus;

import java.util.UUID;

/** The alarms that a school holds back. */
public record ViewAlarms(UUID schoolId) {}
