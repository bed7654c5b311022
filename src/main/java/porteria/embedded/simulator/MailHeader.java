package porteria.embedded.simulator;

/** One header the sender added to a mail, such as {@code List-Unsubscribe}. */
record MailHeader(String name, String value) {}
