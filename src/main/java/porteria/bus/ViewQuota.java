package porteria.bus;

/** Asks how many people may be written to. */
public record ViewQuota() {}
