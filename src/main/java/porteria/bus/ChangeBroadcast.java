package porteria.bus;

import java.util.UUID;

/** What staff do with a broadcast that was previewed: stop it, or send again what failed. */
public record ChangeBroadcast(ByStaff by, UUID id) {}
