package porteria.embedded.bench;

import java.util.Map;

/**
 * How long is measured.
 *
 * @param rounds that count, after one that does not
 * @param seconds of load for each contender in a round
 */
record BenchOptions(int rounds, int seconds) {

  private static final int DEFAULT = 5;

  /** At the longest the pupils of the school must last: each scans once in a round. */
  private static final int MOST_SECONDS = 8;

  private static final int MOST_ROUNDS = 12;

  /**
   * Reads {@code BENCH_ROUNDS} and {@code BENCH_SECONDS}.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static BenchOptions from(Map<String, String> env) {
    return new BenchOptions(
        number(env, "BENCH_ROUNDS", MOST_ROUNDS), number(env, "BENCH_SECONDS", MOST_SECONDS));
  }

  private static int number(Map<String, String> env, String name, int most) {
    String text = env.getOrDefault(name, Integer.toString(DEFAULT));
    if (!text.matches("[1-9]\\d?") || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "%s is \"%s\": allowed is a whole number from 1 to %d".formatted(name, text, most));
    }
    return Integer.parseInt(text);
  }
}
