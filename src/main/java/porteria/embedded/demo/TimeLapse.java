package porteria.embedded.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porteria.config.ConfigException;

/**
 * A clock that begins when it is told to and goes faster than time does. {@code CLOCK_START} is a
 * local date and time of the demonstration school, such as {@code 2026-06-10T07:15:00}; {@code
 * CLOCK_SPEED} says how many seconds pass in one, once the server is ready: how long a machine
 * takes to start it costs the school no hours.
 */
final class TimeLapse implements InstantSource {

  private static final int FASTEST = 600;

  private final int speed;
  private volatile Pace pace;

  /** How the clock goes from a moment on. */
  private record Pace(Instant from, long nanoTime, int speed) {

    Instant at(long now) {
      return from.plus(Duration.ofNanos(now - nanoTime).multipliedBy(speed));
    }
  }

  private TimeLapse(Instant start, int speed) {
    this.speed = speed;
    this.pace = new Pace(start, System.nanoTime(), 1);
  }

  /**
   * The clock that the environment asks for; empty when it asks for none.
   *
   * @param zone of the demonstration school
   * @throws ConfigException when a variable cannot be understood
   */
  static Optional<TimeLapse> of(Map<String, String> environment, ZoneId zone) {
    Optional<String> start = variable(environment, "CLOCK_START");
    Optional<String> speed = variable(environment, "CLOCK_SPEED");
    if (start.isEmpty() && speed.isEmpty()) {
      return Optional.empty();
    }
    List<String> mistakes = new ArrayList<>();
    Instant begin = start.map(text -> begin(text, zone, mistakes)).orElseGet(Instant::now);
    int factor = speed.map(text -> factor(text, mistakes)).orElse(1);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
    return Optional.of(new TimeLapse(begin, factor));
  }

  /** How many seconds pass in one. */
  int speed() {
    return speed;
  }

  /** From now on it goes at its speed; until then it goes as time does. */
  void hurry() {
    long now = System.nanoTime();
    pace = new Pace(pace.at(now), now, speed);
  }

  @Override
  public Instant instant() {
    return pace.at(System.nanoTime());
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  private static Instant begin(String text, ZoneId zone, List<String> mistakes) {
    try {
      return LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeParseException notATime) {
      mistakes.add(
          "CLOCK_START is \"%s\": allowed is a local date and time such as 2026-06-10T07:15:00"
              .formatted(text));
      return Instant.EPOCH;
    }
  }

  private static int factor(String text, List<String> mistakes) {
    try {
      int factor = Integer.parseInt(text);
      if (factor >= 1 && factor <= FASTEST) {
        return factor;
      }
    } catch (NumberFormatException notANumber) {
      // answered below like one out of range
    }
    mistakes.add(
        "CLOCK_SPEED is \"%s\": allowed is a whole number from 1 to %d".formatted(text, FASTEST));
    return 1;
  }
}
