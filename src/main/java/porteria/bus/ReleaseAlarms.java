package porteria.bus;

import java.util.Optional;
import java.util.UUID;

/**
 * Raises the alarms a school holds back, without waiting for the gates.
 *
 * @param studentId of this pupil alone; of all when empty
 */
public record ReleaseAlarms(ByStaff by, Optional<UUID> studentId) {}
