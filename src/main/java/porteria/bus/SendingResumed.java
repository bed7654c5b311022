package porteria.bus;

/**
 * A pause was ended.
 *
 * @param queued how many messages of the school it had parked
 */
public record SendingResumed(int queued) {}
