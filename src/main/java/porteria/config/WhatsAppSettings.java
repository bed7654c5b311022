package porteria.config;

import java.net.URI;
import java.util.Set;

/**
 * The WhatsApp Cloud API account.
 *
 * @param baseUrl of the Graph API
 * @param version of the Graph API, such as {@code v25.0}
 * @param phoneNumberId the sending number's id
 */
public record WhatsAppSettings(URI baseUrl, String version, String phoneNumberId, Secret token) {

  static WhatsAppSettings from(ConfigReader reader) {
    return new WhatsAppSettings(
        reader.uri("whatsapp.base-url", "WHATSAPP_BASE_URL", Set.of("http", "https")),
        reader.text("whatsapp.version", "WHATSAPP_VERSION"),
        reader.text("whatsapp.phone-number-id", "WHATSAPP_PHONE_ID"),
        reader.secret("whatsapp.token", "WHATSAPP_TOKEN", 8));
  }
}
