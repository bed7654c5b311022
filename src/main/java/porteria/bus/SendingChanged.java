package porteria.bus;

/** An account, a number or a template was paused or resumed: it concerns every school. */
public record SendingChanged() {}
