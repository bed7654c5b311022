package porteria.config;

import java.time.Duration;

/**
 * The dashboards' stream.
 *
 * @param tick changes within it travel in one frame
 */
public record LiveSettings(Duration tick) {

  static LiveSettings from(ConfigReader reader) {
    return new LiveSettings(
        reader.duration("live.tick", Duration.ofMillis(10), Duration.ofSeconds(1)));
  }
}
