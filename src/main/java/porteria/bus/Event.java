package porteria.bus;

/**
 * Where something that has happened is published, to whoever listens.
 *
 * @param name past tense, such as {@code scan.recorded}
 */
public record Event<E>(String name, Class<E> type) {}
