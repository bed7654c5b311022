package porteria.config;

import java.time.Duration;

/**
 * The kiosks.
 *
 * @param darkAfter a kiosk that reported longer ago leaves its gate dark
 */
public record DeviceSettings(Duration darkAfter) {

  static DeviceSettings from(ConfigReader reader) {
    return new DeviceSettings(
        reader.duration("device.dark-after", Duration.ofSeconds(30), Duration.ofHours(1)));
  }
}
