package porteria.embedded.bench;

import java.util.Map;

/**
 * What a load generator says of one contender's turn.
 *
 * @param rows scans it had acknowledged
 * @param seconds how long that took
 * @param millis time to an answer: {@code mean}, or {@code p50} and {@code p99}
 */
record Load(long rows, double seconds, Map<String, Double> millis) {}
