package porteria.embedded.demo;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.Surroundings;
import porteria.config.Settings;
import porteria.embedded.EmbeddedServers;
import porteria.embedded.EmbeddedSettings;
import porteria.embedded.PostgresAccess;
import porteria.embedded.PostgresSettings;
import porteria.embedded.RedisSettings;
import porteria.embedded.S3Access;
import porteria.embedded.S3Settings;
import porteria.embedded.simulator.SimulatedTemplate;
import porteria.embedded.simulator.Simulator;
import porteria.embedded.simulator.SimulatorOptions;

/**
 * What {@code make run} puts around the server: real PostgreSQL, Redis and S3, the provider
 * simulator, and two demonstration schools. {@code DATA_DIR}, {@code HTTP_PORT} and {@code
 * SIMULATOR_PORT} move it.
 */
public final class DemoSurroundings implements Surroundings {

  private static final Logger LOG = LoggerFactory.getLogger(DemoSurroundings.class);

  private static final int ANY = 0;
  private static final String PHONE_NUMBER_ID = "100000000000001";
  private static final String SENDER = "avisos@porteria.example.test";

  /** What a WhatsApp number may send, by the clock's seconds. */
  private static final int MESSAGES_PER_SECOND = 80;

  /** As in conf/porteria.conf. */
  private static final int LEASE_SECONDS = 20;

  private static final int RECONCILE_SECONDS = 30;

  private static final int FALLBACK_SECONDS = 300;

  /** As long as the settings allow. */
  private static final int LONGEST_FALLBACK_SECONDS = 7_200;

  /** So many that no demonstration school is told by mail for want of them. */
  private static final int DAILY_USERS = 100_000;

  private static final String BUCKET = "porteria";

  private final Vertx vertx;
  private final Path data;
  private final String httpPort;
  private final int simulatorPort;
  private final DemoFile file;
  private final Optional<TimeLapse> lapse;
  private Optional<EmbeddedServers> servers = Optional.empty();
  private Optional<Simulator> simulator = Optional.empty();
  private Optional<DemoSecrets> secrets = Optional.empty();

  /** Made by name; nothing runs yet. */
  public DemoSurroundings(Vertx vertx) {
    this.vertx = vertx;
    this.data = Path.of(variable("DATA_DIR", "data")).toAbsolutePath();
    this.httpPort = variable("HTTP_PORT", "8080");
    this.simulatorPort = port(variable("SIMULATOR_PORT", "8090"));
    this.file = new DemoFile(data);
    this.lapse = TimeLapse.of(System.getenv(), SchoolPlan.losAromos().zone());
  }

  @Override
  public InstantSource clock() {
    return lapse.<InstantSource>map(clock -> clock).orElseGet(InstantSource::system);
  }

  @Override
  public JsonObject start() {
    DemoSecrets known = DemoSecrets.open(data);
    secrets = Optional.of(known);
    servers =
        Optional.of(
            EmbeddedServers.start(
                data,
                new EmbeddedSettings(
                    new PostgresSettings(
                        ANY,
                        text(DemoSecret.POSTGRES_SUPERUSER_PASSWORD),
                        text(DemoSecret.DATABASE_OWNER_PASSWORD)),
                    new RedisSettings(ANY, text(DemoSecret.REDIS_PASSWORD)),
                    new S3Settings(
                        ANY,
                        BUCKET,
                        text(DemoSecret.S3_ACCESS_KEY),
                        text(DemoSecret.S3_SECRET_KEY)))));
    simulator = Optional.of(Simulator.start(vertx, simulatorOptions()).await());
    return overlay(servers.orElseThrow(), simulator.orElseThrow());
  }

  @Override
  public void seed(Settings settings) {
    new DemoSeed(settings.database(), settings.security(), clock()).plant(file);
  }

  @Override
  public void announce(int port) {
    lapse.ifPresent(TimeLapse::hurry);
    URI base = URI.create("http://localhost:" + port);
    simulator.orElseThrow().callBack(URI.create("http://127.0.0.1:" + port)).await();
    URI inbox = URI.create(simulator.orElseThrow().baseUrl());
    file.refresh(base, inbox, secrets.orElseThrow().get(DemoSecret.METRICS_TOKEN));
    StringBuilder lines = new StringBuilder(400);
    lines.append("\n\n  Portería   ").append(base).append("/login");
    lines.append("\n  Bandeja    ").append(inbox).append("   (what families receive)\n");
    for (Object school : file.read().getJsonArray("schools")) {
      describe(lines, (JsonObject) school);
    }
    lines.append("\n  All of it, with the kiosks' tokens: ").append(file.path()).append('\n');
    LOG.info("{}", lines);
  }

  @Override
  public void close() {
    simulator.ifPresent(running -> running.close().await());
    servers.ifPresent(EmbeddedServers::close);
  }

  private static void describe(StringBuilder lines, JsonObject school) {
    lines.append("\n  ").append(school.getString("name")).append('\n');
    JsonArray staff = school.getJsonArray("staff");
    for (Object person : staff) {
      JsonObject login = (JsonObject) person;
      lines.append(
          "    %-10s %-38s %s%n"
              .formatted(
                  login.getString("role"), login.getString("email"), login.getString("password")));
    }
  }

  private SimulatorOptions simulatorOptions() {
    return SimulatorOptions.local(
            text(DemoSecret.WHATSAPP_TOKEN),
            PHONE_NUMBER_ID,
            text(DemoSecret.WHATSAPP_APP_SECRET),
            text(DemoSecret.AWS_ACCESS_KEY_ID),
            SENDER,
            SimulatedTemplate.wantedBy(
                Path.of(variable("WHATSAPP_TEMPLATES", "conf/whatsapp-templates.json"))))
        .withPort(simulatorPort)
        .withMessagesPerSecond(MESSAGES_PER_SECOND * lapse.map(TimeLapse::speed).orElse(1))
        .withJournal(data.resolve("inbox.jsonl"));
  }

  /** The settings that lead to the servers just started, laid over the configuration file. */
  private JsonObject overlay(EmbeddedServers around, Simulator providers) {
    PostgresAccess owner = around.postgres().owner();
    JsonObject overlay = new JsonObject();
    int speed = lapse.map(TimeLapse::speed).orElse(1);
    lapse.ifPresent(clock -> overlay.mergeIn(technicalTimes(speed)));
    return overlay
        .put("public-url", "http://localhost:" + httpPort)
        .put("http", new JsonObject().put("host", "127.0.0.1").put("port", port(httpPort)))
        .put(
            "database",
            new JsonObject()
                .put("url", owner.uri().toString())
                .put("web-password", text(DemoSecret.DATABASE_WEB_PASSWORD))
                .put("worker-password", text(DemoSecret.DATABASE_WORKER_PASSWORD)))
        .put("redis", new JsonObject().put("url", around.redis().access().uri().toString()))
        .put("s3", s3(around.s3().access()))
        .put(
            "security",
            new JsonObject()
                .put("secret-key", text(DemoSecret.SECRET_KEY))
                .put("tag-secret", text(DemoSecret.TAG_SECRET))
                .put("tag-signing-key", text(DemoSecret.TAG_SIGNING_KEY))
                .put("metrics-token", text(DemoSecret.METRICS_TOKEN)))
        .put(
            "whatsapp",
            new JsonObject()
                .put("base-url", providers.baseUrl())
                .put("phone-number-id", PHONE_NUMBER_ID)
                .put("messages-per-second", MESSAGES_PER_SECOND * speed)
                .put("daily-users", DAILY_USERS)
                .put("token", text(DemoSecret.WHATSAPP_TOKEN))
                .put("app-secret", text(DemoSecret.WHATSAPP_APP_SECRET))
                .put("verify-token", text(DemoSecret.WHATSAPP_VERIFY_TOKEN)))
        .put(
            "email",
            new JsonObject()
                .put("endpoint", providers.baseUrl())
                .put("access-key-id", text(DemoSecret.AWS_ACCESS_KEY_ID))
                .put("secret-access-key", text(DemoSecret.AWS_SECRET_ACCESS_KEY))
                .put("sender", SENDER)
                .put("messages-per-second", MESSAGES_PER_SECOND * speed));
  }

  /**
   * What is about machines and not about the school keeps its pace where the clock goes faster: a
   * lease that ended while a provider is being called would have the message sent twice.
   */
  private static JsonObject technicalTimes(int speed) {
    return new JsonObject()
        .put(
            "notification",
            new JsonObject()
                .put("lease", LEASE_SECONDS * speed + "s")
                .put("reconcile-after", RECONCILE_SECONDS * speed + "s")
                .put(
                    "fallback-after",
                    Math.min(FALLBACK_SECONDS * speed, LONGEST_FALLBACK_SECONDS) + "s"))
        .put("noshow", new JsonObject().put("poll", "100ms"));
  }

  private static JsonObject s3(S3Access access) {
    return new JsonObject()
        .put("endpoint", access.endpoint().toString())
        .put("region", access.region())
        .put("bucket", access.bucket())
        .put("access-key", access.accessKey())
        .put("secret-key", access.secretKey());
  }

  private String text(DemoSecret secret) {
    return secrets.orElseThrow().get(secret).value();
  }

  private static String variable(String name, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(name), otherwise);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      throw new porteria.config.ConfigException(
          List.of(
              "\"%s\" is not a port: allowed is a whole number from 0 to 65535".formatted(text)));
    }
  }
}
