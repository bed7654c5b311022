package porteria.config;

/**
 * How many requests a minute are answered; as many may come at once after a pause.
 *
 * @param addressPerMinute those of one network address that show no valid credential
 * @param accountPerMinute those of one person
 * @param devicePerMinute those of one kiosk; a batch of scans is one request
 */
public record LimitSettings(int addressPerMinute, int accountPerMinute, int devicePerMinute) {

  private static final int MOST = 10_000_000;

  static LimitSettings from(ConfigReader reader) {
    return new LimitSettings(
        reader.integer("limits.address-per-minute", 1, MOST),
        reader.integer("limits.account-per-minute", 1, MOST),
        reader.integer("limits.device-per-minute", 1, MOST));
  }
}
