package porteria.config;

import java.time.Duration;

/**
 * Photos at the gate.
 *
 * @param retention after which a photo is deleted everywhere
 * @param maxBytes of one photo
 * @param uploadLife how long a kiosk may use the URL it was handed
 * @param viewLife how long a browser may use the URL it was handed
 * @param sweepEvery how often what is due to be deleted is looked for
 */
public record PhotoSettings(
    Duration retention, int maxBytes, Duration uploadLife, Duration viewLife, Duration sweepEvery) {

  static PhotoSettings from(ConfigReader reader) {
    return new PhotoSettings(
        Duration.ofDays(reader.integer("photo.retention-days", 1, 3_650)),
        reader.integer("photo.max-bytes", 1_024, 20_971_520),
        reader.duration("photo.upload-life", Duration.ofSeconds(30), Duration.ofHours(1)),
        reader.duration("photo.view-life", Duration.ofSeconds(10), Duration.ofMinutes(15)),
        reader.duration("photo.sweep-every", Duration.ofMinutes(1), Duration.ofDays(1)));
  }
}
