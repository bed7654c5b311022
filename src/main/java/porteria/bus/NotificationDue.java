package porteria.bus;

/** Families are owed something new: announced, not yet messages. The work is in the database. */
public record NotificationDue() {}
