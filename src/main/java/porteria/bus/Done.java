package porteria.bus;

/** The answer that says nothing but that it was done. */
public record Done() {}
