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
 * @param people whom a broadcast goes to
 * @param perSecond messages that the broadcast's account is allowed
 */
record BenchOptions(Set<Part> parts, int rounds, int seconds, int people, int perSecond) {

  /** What can be measured without the others. */
  enum Part {
    SCANS,
    NO_SHOWS,
    SENDING,
    ALLOWANCE,
    BROADCAST
  }

  private static final int DEFAULT = 5;

  /** At the longest the pupils of the school must last: each scans once in a round. */
  private static final int MOST_SECONDS = 8;

  private static final int MOST_ROUNDS = 12;

  /** Fewer would not last while pupils scan beside it. */
  private static final int LEAST_PEOPLE = 3_000;

  private static final int MOST_PEOPLE = 100_000;
  private static final int DEFAULT_PEOPLE = 27_500;
  private static final int LEAST_PER_SECOND = 250;
  private static final int MOST_PER_SECOND = 1_000;
  private static final int DEFAULT_PER_SECOND = 400;

  BenchOptions {
    parts = Set.copyOf(parts);
  }

  /**
   * Reads {@code BENCH_ONLY}, {@code BENCH_ROUNDS}, {@code BENCH_SECONDS}, {@code BENCH_PEOPLE} and
   * {@code BENCH_PER_SECOND}.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  static BenchOptions from(Map<String, String> env) {
    return new BenchOptions(
        parts(env.getOrDefault("BENCH_ONLY", "")),
        number(env, "BENCH_ROUNDS", DEFAULT, 1, MOST_ROUNDS),
        number(env, "BENCH_SECONDS", DEFAULT, 1, MOST_SECONDS),
        number(env, "BENCH_PEOPLE", DEFAULT_PEOPLE, LEAST_PEOPLE, MOST_PEOPLE),
        number(env, "BENCH_PER_SECOND", DEFAULT_PER_SECOND, LEAST_PER_SECOND, MOST_PER_SECOND));
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
      case "broadcast" -> EnumSet.of(Part.BROADCAST);
      default ->
          throw new IllegalArgumentException(
              "BENCH_ONLY is \"%s\": allowed is scans, no-shows, sending, allowance or broadcast"
                  .formatted(only));
    };
  }

  private static int number(
      Map<String, String> env, String name, int otherwise, int least, int most) {
    String text = env.getOrDefault(name, Integer.toString(otherwise));
    if (!text.matches("[1-9]\\d{0,5}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "%s is \"%s\": allowed is a whole number from %d to %d"
              .formatted(name, text, least, most));
    }
    return Integer.parseInt(text);
  }
}
