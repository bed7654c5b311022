package porteria.config;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import porteria.domain.TemplateCatalogue;

/**
 * The WhatsApp Cloud API account.
 *
 * @param baseUrl of the Graph API
 * @param version of the Graph API, such as {@code v25.0}
 * @param phoneNumberId the sending number's id
 * @param messagesPerSecond that the number may send
 * @param dailyUsers that the account may write to within 24 hours
 * @param reservedForAlerts percent of them that broadcasts leave to alerts
 * @param businessAccountId of the account that the templates belong to; needed to compare them
 * @param templates what the account must have approved
 */
public record WhatsAppSettings(
    URI baseUrl,
    String version,
    String phoneNumberId,
    Secret token,
    int messagesPerSecond,
    int dailyUsers,
    int reservedForAlerts,
    Optional<String> businessAccountId,
    TemplateCatalogue templates) {

  /** To how many people within 24 hours, whoever wrote to them, a broadcast may still go. */
  public int dailyUsersForBroadcasts() {
    return (int) ((long) dailyUsers * (100 - reservedForAlerts) / 100);
  }

  static WhatsAppSettings from(ConfigReader reader) {
    return new WhatsAppSettings(
        reader.uri("whatsapp.base-url", "WHATSAPP_BASE_URL", Set.of("http", "https")),
        reader.text("whatsapp.version", "WHATSAPP_VERSION"),
        reader.text("whatsapp.phone-number-id", "WHATSAPP_PHONE_ID"),
        reader.secret("whatsapp.token", "WHATSAPP_TOKEN", 8),
        reader.integer("whatsapp.messages-per-second", 1, 100_000),
        reader.integer("whatsapp.daily-users", 1, 100_000_000),
        reader.integer("whatsapp.reserved-for-alerts", 0, 99),
        reader.optionalText("whatsapp.business-account-id"),
        reader.file("whatsapp.templates", "WHATSAPP_TEMPLATES", TemplateCatalogue::parse));
  }
}
