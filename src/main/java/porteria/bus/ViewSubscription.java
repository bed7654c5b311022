package porteria.bus;

import java.util.UUID;

/** Asks whose mail a message is, before it is unsubscribed from. */
public record ViewSubscription(UUID notification) {}
