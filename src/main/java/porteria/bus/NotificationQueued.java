package porteria.bus;

/** Messages were queued as they are. Carries nothing: the work is found in the database. */
public record NotificationQueued() {}
