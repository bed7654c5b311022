package porteria.bus;

import java.util.UUID;

/** Stops the school's mail to the mailbox that this message went to. */
public record Unsubscribe(UUID notification) {}
