package porteria.testkit;

import java.util.Map;
import porteria.config.DatabaseSettings;

/** The environment of a {@link ServerJvm}: the database is real, the rest is nowhere. */
public final class ServerEnvironment {

  private ServerEnvironment() {}

  /** All that a server or a command needs to know of a database. */
  public static Map<String, String> of(DatabaseSettings database) {
    String key = TestSecurity.KEY.value();
    return Map.ofEntries(
        Map.entry("DOMAIN", "http://localhost"),
        Map.entry(
            "DATABASE_URL",
            "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                    database.owner().user(),
                    database.owner().password().value(),
                    database.host(),
                    database.port(),
                    database.database())),
        Map.entry("DATABASE_WEB_PASSWORD", database.web().password().value()),
        Map.entry("DATABASE_WORKER_PASSWORD", database.worker().password().value()),
        Map.entry("REDIS_URL", "redis://127.0.0.1:9"),
        Map.entry("S3_ENDPOINT", "http://127.0.0.1:9"),
        Map.entry("S3_ACCESS_KEY", "unused"),
        Map.entry("S3_SECRET_KEY", "unused-here"),
        Map.entry("SECRET_KEY", key),
        Map.entry("TAG_SECRET", key),
        Map.entry("TAG_SIGNING_KEY", key),
        Map.entry("METRICS_TOKEN", key),
        Map.entry("WHATSAPP_PHONE_ID", "1055"),
        Map.entry("WHATSAPP_TOKEN", key),
        Map.entry("AWS_ACCESS_KEY_ID", "a-key"),
        Map.entry("AWS_SECRET_ACCESS_KEY", key),
        Map.entry("SES_SENDER", "avisos@colegio.example"));
  }
}
