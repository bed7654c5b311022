package porteria.bus;

/**
 * Where a command or query is sent and answered.
 *
 * @param name imperative, such as {@code scan.submit}
 * @param <Q> what is asked
 * @param <R> what is answered
 */
public record Address<Q, R>(String name, Class<Q> request, Class<R> reply) {}
