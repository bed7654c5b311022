package porteria.bus;

/** A pause of sending began or ended. Pauses are those of all schools. */
public record SendingChanged() {}
