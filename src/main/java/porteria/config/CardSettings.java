package porteria.config;

import java.time.Duration;

/**
 * What pupils carry.
 *
 * @param qrLife how long a QR that is shown on a screen is good
 * @param signUris whether the URI on a card carries a signature
 */
public record CardSettings(Duration qrLife, boolean signUris) {

  static CardSettings from(ConfigReader reader) {
    return new CardSettings(
        reader.duration("cards.qr-life", Duration.ofSeconds(30), Duration.ofHours(24)),
        reader.flag("cards.sign-uris"));
  }
}
