package porteria.bus;

import java.util.UUID;

/** One message of a school. */
public record ViewNotification(UUID schoolId, UUID id) {}
