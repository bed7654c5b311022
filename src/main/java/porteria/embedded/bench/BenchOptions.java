package porteria.embedded.bench;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What is measured, and how long.
 *
 * @param parts what is
 * @param rounds that count, after one that does not
 * @param seconds of load for each contender in a round
 */
record BenchOptions(Set<Part> parts, int rounds, int seconds) {

  /** What can be measured without the others. */
  enum Part {
    SCANS,
    NO_SHOWS,
    SENDING,
    ALLOWANCE
  }

  private static final int DEFAULT = 5;

  /** At the longest the pupils of the school must last: each scans once in a round. */
  private static final int MOST_SECONDS = 8;

  private static final int MOST_ROUNDS = 12;

  BenchOptions {
    parts = Set.copyOf(parts);
  }

  /**
   * Reads {@code BENCH_ONLY}, {@code BENCH_ROUNDS} and {@code BENCH_SECONDS}.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static BenchOptions from(Map<String, String> env) {
    return new BenchOptions(
        parts(env.getOrDefault("BENCH_ONLY", "")),
        number(env, "BENCH_ROUNDS", MOST_ROUNDS),
        number(env, "BENCH_SECONDS", MOST_SECONDS));
  }

  boolean measures(Part part) {
    return parts.contains(part);
  }

  /** Whether anything is measured with programs that are not ours. */
  boolean needsPrograms() {
    return measures(Part.SCANS) || measures(Part.SENDING);
  }

  private static Set<Part> parts(String only) {
    return switch (only) {
      case "" -> EnumSet.allOf(Part.class);
      case "scans" -> EnumSet.of(Part.SCANS);
      case "no-shows" -> EnumSet.of(Part.NO_SHOWS);
      case "sending" -> EnumSet.of(Part.SENDING);
      case "allowance" -> EnumSet.of(Part.ALLOWANCE);
      default ->
          throw new IllegalArgumentException(
              "BENCH_ONLY is \"%s\": allowed is scans, no-shows, sending or allowance"
                  .formatted(only));
    };
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
