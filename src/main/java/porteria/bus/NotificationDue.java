package porteria.bus;

/** Families are owed something new. Carries nothing: the work is found in the database. */
public record NotificationDue() {}
