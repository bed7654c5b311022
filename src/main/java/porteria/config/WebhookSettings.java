package porteria.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What proves that a provider speaks.
 *
 * @param whatsApp empty when the WhatsApp account does not call back
 * @param snsTopics ARNs of the topics through which Amazon SES speaks; none when it does not
 */
public record WebhookSettings(Optional<WhatsApp> whatsApp, List<String> snsTopics) {

  private static final Pattern TOPIC =
      Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}");

  public WebhookSettings {
    snsTopics = List.copyOf(snsTopics);
  }

  /**
   * What the WhatsApp account calls back with.
   *
   * @param appSecret signs what it tells
   * @param verifyToken it shows once, when the address is registered
   */
  public record WhatsApp(Secret appSecret, Secret verifyToken) {}

  static WebhookSettings from(ConfigReader reader) {
    Optional<Secret> secret =
        reader.optionalSecret("whatsapp.app-secret", "WHATSAPP_APP_SECRET", 16);
    Optional<Secret> token =
        reader.optionalSecret("whatsapp.verify-token", "WHATSAPP_VERIFY_TOKEN", 8);
    if (secret.isPresent() != token.isPresent()) {
      reader.contradiction(
          "whatsapp.app-secret and whatsapp.verify-token go together: set both or neither");
    }
    return new WebhookSettings(
        secret.flatMap(key -> token.map(shown -> new WhatsApp(key, shown))),
        reader.list("email.sns-topics", TOPIC, "arn:aws:sns:us-east-1:123456789012:porteria-ses"));
  }
}
