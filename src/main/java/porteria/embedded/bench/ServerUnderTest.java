package porteria.embedded.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import porteria.embedded.PostgresAccess;
import porteria.embedded.RedisAccess;

/** Our server in a process of its own, with the flags and the settings of production. */
record ServerUnderTest(
    Path directory,
    PostgresAccess owner,
    RedisAccess redis,
    BenchSecrets secrets,
    List<String> flags) {

  /** A port on which nobody listens, for what is not part of a run. */
  static final int NOBODY = 9;

  /** Records scans and tells nobody. */
  JavaProcess recording() throws IOException {
    return start("server", "verticles.notification.instances = 0", NOBODY);
  }

  /**
   * Tells families through WhatsApp, as fast as it can.
   *
   * @param provider the port of the provider
   * @param instances that send beside each other
   * @param calls to it that may be under way at once
   */
  JavaProcess sending(int provider, int instances, int calls) throws IOException {
    return start(
        "sending",
        """
        verticles.schedule.instances = 0
        verticles.notification.instances = %d
        notification.concurrency = %d
        whatsapp.messages-per-second = 100000
        whatsapp.daily-users = 100000000\
        """
            .formatted(instances, calls),
        provider);
  }

  /**
   * Tells families through WhatsApp, as fast as an account is allowed.
   *
   * @param name of its files
   * @param provider the port of the provider
   */
  JavaProcess allowed(String name, int provider, int perSecond) throws IOException {
    return start(
        name,
        """
        verticles.schedule.instances = 0
        whatsapp.messages-per-second = %d
        whatsapp.daily-users = 100000000\
        """
            .formatted(perSecond),
        provider);
  }

  /** Starts it; it brings the schema up to date by itself. */
  private JavaProcess start(String name, String settings, int provider) throws IOException {
    Path configuration = directory.resolve(name + ".conf");
    Files.writeString(
        configuration,
        "%s%n%s%nlimits.device-per-minute = 10000000%n"
            .formatted(Files.readString(Path.of("conf", "porteria.conf")), settings));
    return JavaProcess.start(
        "porteria.Main",
        flags,
        environment(configuration, provider),
        directory.resolve(name + ".log"));
  }

  private Map<String, String> environment(Path configuration, int provider) {
    return Map.ofEntries(
        Map.entry("PORTERIA_CONF", configuration.toString()),
        Map.entry("DOMAIN", "http://localhost"),
        Map.entry("HTTP_HOST", "127.0.0.1"),
        Map.entry("HTTP_PORT", "0"),
        Map.entry("DATABASE_URL", owner.uri()),
        Map.entry("DATABASE_WEB_PASSWORD", secrets.web()),
        Map.entry("DATABASE_WORKER_PASSWORD", secrets.worker()),
        Map.entry("REDIS_URL", redis.uri()),
        Map.entry("S3_ENDPOINT", nobody()),
        Map.entry("S3_ACCESS_KEY", "unused"),
        Map.entry("S3_SECRET_KEY", "unused-here"),
        Map.entry("SECRET_KEY", secrets.secretKey()),
        Map.entry("TAG_SECRET", secrets.tagSecret()),
        Map.entry("TAG_SIGNING_KEY", secrets.tagSigningKey()),
        Map.entry("METRICS_TOKEN", secrets.metrics()),
        Map.entry("WHATSAPP_BASE_URL", "http://127.0.0.1:" + provider),
        Map.entry("WHATSAPP_PHONE_ID", SimulatedProvider.PHONE),
        Map.entry("WHATSAPP_TOKEN", secrets.metrics()),
        // Nobody gets a mail, but the settings must be there.
        Map.entry("AWS_ACCESS_KEY_ID", "unused-here"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "unused-here"),
        Map.entry("SES_ENDPOINT", nobody()),
        Map.entry("SES_SENDER", "bench@porteria.example.test"));
  }

  /** The same with these flags of its Java machine too. */
  ServerUnderTest with(String... more) {
    return new ServerUnderTest(
        directory, owner, redis, secrets, Stream.concat(flags.stream(), Stream.of(more)).toList());
  }

  private static String nobody() {
    return "http://127.0.0.1:" + NOBODY;
  }
}
