package porteria.bus;

/**
 * A school's mail to one mailbox.
 *
 * @param school its name
 * @param language of the mail: {@code es}, {@code en} or {@code pt}
 * @param active whether mail goes there; of what was just unsubscribed, whether it did before
 */
public record Subscription(String school, String language, boolean active) {}
