package porteria.bus;

import java.util.UUID;

/** Asks for one broadcast. */
public record ViewBroadcast(UUID schoolId, UUID id) {}
