package porteria.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The Amazon SES account.
 *
 * @param endpoint another server that speaks the SES v2 API; empty for Amazon's own
 * @param sender verified address that mail comes from
 * @param messagesPerSecond that the account may send
 * @param configurationSet of SES, through which it publishes what becomes of mails
 */
public record EmailSettings(
    Optional<URI> endpoint,
    String region,
    Secret accessKeyId,
    Secret secretAccessKey,
    String sender,
    int messagesPerSecond,
    Optional<String> configurationSet) {

  static EmailSettings from(ConfigReader reader) {
    return new EmailSettings(
        reader
            .optionalText("email.endpoint")
            .map(given -> reader.uri("email.endpoint", "SES_ENDPOINT", Set.of("http", "https"))),
        reader.text("email.region", "AWS_REGION"),
        reader.secret("email.access-key-id", "AWS_ACCESS_KEY_ID", 4),
        reader.secret("email.secret-access-key", "AWS_SECRET_ACCESS_KEY", 8),
        reader.text("email.sender", "SES_SENDER"),
        reader.integer("email.messages-per-second", 1, 100_000),
        reader.optionalText("email.configuration-set"));
  }
}
