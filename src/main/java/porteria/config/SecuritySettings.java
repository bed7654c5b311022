package porteria.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys and lifetimes.
 *
 * @param secretKey signs access tokens and hashes device tokens
 * @param previousKeys what {@code secretKey} was before; tokens that they signed stay good
 * @param tagSecret keys the stored hashes of card tokens
 * @param previousTagSecrets what {@code tagSecret} was before; cards hashed with them stay good
 * @param tagSigningKey signs sticker URIs and ephemeral QRs
 * @param metricsToken bearer token of {@code /metrics}
 * @param workerToken bearer token of who may ask that messages be sent now; nobody may without one
 * @param accessTokenLife how long a staff access token is good
 * @param pageSessionLife how long a browser stays signed in: a wall screen, a working day
 * @param sessionLife how long a session can be renewed
 * @param totpRoles names of roles; they and those above them must have a second factor, others may
 */
public record SecuritySettings(
    Secret secretKey,
    List<Secret> previousKeys,
    Secret tagSecret,
    List<Secret> previousTagSecrets,
    Secret tagSigningKey,
    Secret metricsToken,
    Optional<Secret> workerToken,
    Duration accessTokenLife,
    Duration pageSessionLife,
    Duration sessionLife,
    Set<String> totpRoles) {

  private static final Pattern ROLE = Pattern.compile("TEACHER|INSPECTOR|DIRECTOR|ADMIN");
  private static final int KEY_LENGTH = 32;

  public SecuritySettings {
    previousKeys = List.copyOf(previousKeys);
    previousTagSecrets = List.copyOf(previousTagSecrets);
    totpRoles = Set.copyOf(totpRoles);
  }

  /** The key that signs, then those that signed before. */
  public List<Secret> secretKeys() {
    return Stream.concat(Stream.of(secretKey), previousKeys.stream()).toList();
  }

  /** The key that hashes cards, then those that hashed them before. */
  public List<Secret> tagSecrets() {
    return Stream.concat(Stream.of(tagSecret), previousTagSecrets.stream()).toList();
  }

  static SecuritySettings from(ConfigReader reader) {
    return new SecuritySettings(
        reader.secret("security.secret-key", "SECRET_KEY", KEY_LENGTH),
        reader.secrets("security.secret-keys-previous", "SECRET_KEYS_PREVIOUS", KEY_LENGTH),
        reader.secret("security.tag-secret", "TAG_SECRET", KEY_LENGTH),
        reader.secrets("security.tag-secrets-previous", "TAG_SECRETS_PREVIOUS", KEY_LENGTH),
        reader.secret("security.tag-signing-key", "TAG_SIGNING_KEY", KEY_LENGTH),
        reader.secret("security.metrics-token", "METRICS_TOKEN", 16),
        reader.optionalSecret("security.worker-token", "WORKER_TOKEN", 16),
        reader.duration("security.access-token-life", Duration.ofMinutes(1), Duration.ofHours(12)),
        reader.duration("security.page-session-life", Duration.ofMinutes(5), Duration.ofHours(24)),
        reader.duration("security.session-life", Duration.ofHours(1), Duration.ofDays(90)),
        reader.list("security.totp-roles", ROLE, "DIRECTOR").stream()
            .filter(ROLE.asMatchPredicate())
            .collect(Collectors.toUnmodifiableSet()));
  }
}
