package porteria.config;

import java.time.Duration;

/**
 * Finding who is missing.
 *
 * @param grace how long after a course's time of entry its missing pupils are looked for
 * @param maxHold how long an alarm is held back while a gate is dark; longer than kiosks take to
 *     report
 * @param poll how often checks that are due are looked for
 */
public record NoShowSettings(Duration grace, Duration maxHold, Duration poll) {

  static NoShowSettings from(ConfigReader reader) {
    return new NoShowSettings(
        reader.duration("noshow.grace", Duration.ZERO, Duration.ofHours(4)),
        reader.duration("noshow.max-hold", Duration.ofMinutes(2), Duration.ofHours(4)),
        reader.duration("noshow.poll", Duration.ofMillis(50), Duration.ofMinutes(1)));
  }
}
