package porteria.bus;

import java.util.UUID;

/** How the sending of a school's messages stands. */
public record ViewSending(UUID schoolId) {}
