package porteria.config;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Set;

/**
 * Everything the server is told from outside, validated.
 *
 * @param publicUrl where families and staff reach the server ({@code DOMAIN}); its host is the one
 *     browsers may connect from
 */
public record Settings(
    URI publicUrl,
    HttpSettings http,
    DatabaseSettings database,
    RedisSettings redis,
    StorageSettings storage,
    SecuritySettings security,
    ScanSettings scan,
    CardSettings cards,
    NotificationSettings notification,
    NoShowSettings noShow,
    LiveSettings live,
    DeviceSettings device,
    LimitSettings limits,
    PhotoSettings photo,
    WhatsAppSettings whatsApp,
    EmailSettings email,
    WebhookSettings webhooks,
    VerticleSettings verticles) {

  /**
   * Reads the tree of {@code conf/porteria.conf}.
   *
   * @throws ConfigException listing every mistake: what is missing, out of range or unknown
   */
  public static Settings from(JsonObject tree) {
    ConfigReader reader = new ConfigReader(tree);
    DatabaseSettings database = DatabaseSettings.from(reader);
    Settings settings =
        new Settings(
            reader.uri("public-url", "DOMAIN", Set.of("http", "https")),
            HttpSettings.from(reader),
            database,
            RedisSettings.from(reader),
            StorageSettings.from(reader),
            SecuritySettings.from(reader),
            ScanSettings.from(reader),
            CardSettings.from(reader),
            NotificationSettings.from(reader, database),
            NoShowSettings.from(reader),
            LiveSettings.from(reader),
            DeviceSettings.from(reader),
            LimitSettings.from(reader),
            PhotoSettings.from(reader),
            WhatsAppSettings.from(reader),
            EmailSettings.from(reader),
            WebhookSettings.from(reader),
            VerticleSettings.from(reader));
    reader.finish();
    return settings;
  }
}
