package porteria.config;

import java.time.Duration;

/**
 * Recording scans.
 *
 * @param repeatWindow the same pupil and direction within it is a double read
 * @param skewLimit a kiosk clock further off is flagged
 * @param annulWindow how long a kiosk may take back its own scan
 * @param queueLimit scans that may wait; beyond it the kiosk is told to come back
 * @param batchLimit scans recorded by one statement
 */
public record ScanSettings(
    Duration repeatWindow,
    Duration skewLimit,
    Duration annulWindow,
    int queueLimit,
    int batchLimit) {

  static ScanSettings from(ConfigReader reader) {
    return new ScanSettings(
        reader.duration("scan.repeat-window", Duration.ZERO, Duration.ofHours(1)),
        reader.duration("scan.skew-limit", Duration.ofSeconds(1), Duration.ofHours(12)),
        reader.duration("scan.annul-window", Duration.ofMinutes(1), Duration.ofHours(12)),
        reader.integer("scan.queue-limit", 500, 100_000),
        reader.integer("scan.batch-limit", 1, 256));
  }
}
