package porteria.config;

import java.time.Duration;

/**
 * Keys and lifetimes.
 *
 * @param secretKey signs access tokens and hashes device tokens
 * @param tagSecret keys the stored hashes of card tokens; changing it orphans every card
 * @param tagSigningKey signs sticker URIs and ephemeral QRs
 * @param metricsToken bearer token of {@code /metrics}
 * @param accessTokenLife how long a staff access token is good
 * @param pageSessionLife how long a browser stays signed in: a wall screen, a working day
 */
public record SecuritySettings(
    Secret secretKey,
    Secret tagSecret,
    Secret tagSigningKey,
    Secret metricsToken,
    Duration accessTokenLife,
    Duration pageSessionLife) {

  private static final int KEY_LENGTH = 32;

  static SecuritySettings from(ConfigReader reader) {
    return new SecuritySettings(
        reader.secret("security.secret-key", "SECRET_KEY", KEY_LENGTH),
        reader.secret("security.tag-secret", "TAG_SECRET", KEY_LENGTH),
        reader.secret("security.tag-signing-key", "TAG_SIGNING_KEY", KEY_LENGTH),
        reader.secret("security.metrics-token", "METRICS_TOKEN", 16),
        reader.duration("security.access-token-life", Duration.ofMinutes(1), Duration.ofHours(12)),
        reader.duration("security.page-session-life", Duration.ofMinutes(5), Duration.ofHours(24)));
  }
}
