package porteria;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import porteria.config.DatabaseSettings;
import porteria.embedded.PostgresAccess;
import porteria.embedded.demo.DemoFile;
import porteria.embedded.demo.DemoSeed;
import porteria.embedded.simulator.SimulatedTemplate;
import porteria.embedded.simulator.Simulator;
import porteria.embedded.simulator.SimulatorOptions;
import porteria.testkit.ApiCalls;
import porteria.testkit.DemoSchoolFile;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;

/**
 * What stands around a server that is killed, and outlives it: the demonstration schools in a
 * database, Redis, S3, and the providers in the test's own process.
 */
final class DemoStage implements AutoCloseable {

  private static final String TOKEN = "a-token-for-tests";
  private static final String PHONE = "1055";
  private static final String ACCESS_KEY = "AKIASIMULATOR";
  private static final String SENDER = "avisos@colegio.example";

  /** Later settings win. Quick enough for a test; the lease stays longer than the call. */
  private static final String QUICK_LEASES =
      """

      notification { call-timeout = 2s, lease = 9s, poll = 200ms, reconcile-after = 1s }
      """;

  private final TestServers servers;
  private final Vertx vertx = Vertx.vertx();
  private final DatabaseSettings database;
  private final DemoSchoolFile school;
  private final Simulator simulator;
  private final Path configuration;

  DemoStage(TestServers servers, Path directory) throws IOException {
    this.servers = servers;
    database = MigratedDatabase.create(servers);
    new DemoSeed(database, TestSecurity.settings(), InstantSource.system())
        .plant(new DemoFile(directory));
    school = DemoSchoolFile.read(directory);
    simulator =
        Simulator.start(
                vertx,
                SimulatorOptions.local(
                        TOKEN,
                        PHONE,
                        "an-app-secret",
                        ACCESS_KEY,
                        SENDER,
                        SimulatedTemplate.wantedBy(Path.of("conf", "whatsapp-templates.json")))
                    .withMessagesPerSecond(10_000))
            .await();
    configuration = directory.resolve("porteria.conf");
    Files.writeString(
        configuration, Files.readString(Path.of("conf", "porteria.conf")) + QUICK_LEASES);
  }

  DemoSchoolFile school() {
    return school;
  }

  /** A server between these; not yet ready. */
  ServerJvm startServer() {
    return ServerJvm.start("serve", environment());
  }

  /** A server that logs all it can; not yet ready. */
  ServerJvm startTalkativeServer() {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("LOG_LEVEL", "DEBUG");
    return ServerJvm.start("serve", environment);
  }

  /** What the server must not say of itself. */
  Set<String> serverSecrets() {
    return environment().entrySet().stream()
        .filter(variable -> variable.getKey().matches(".*(PASSWORD|SECRET|TOKEN|KEY)"))
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }

  private Map<String, String> environment() {
    String key = TestSecurity.KEY.value();
    PostgresAccess owner = access();
    return Map.ofEntries(
        Map.entry("PORTERIA_CONF", configuration.toString()),
        Map.entry("DOMAIN", "http://localhost"),
        Map.entry("HTTP_HOST", "127.0.0.1"),
        Map.entry("HTTP_PORT", "0"),
        Map.entry("DATABASE_URL", owner.uri()),
        Map.entry("DATABASE_WEB_PASSWORD", database.web().password().value()),
        Map.entry("DATABASE_WORKER_PASSWORD", database.worker().password().value()),
        Map.entry("REDIS_URL", servers.freshRedis().uri()),
        Map.entry("S3_ENDPOINT", servers.s3().endpoint().toString()),
        Map.entry("S3_BUCKET", servers.s3().bucket()),
        Map.entry("S3_ACCESS_KEY", servers.s3().accessKey()),
        Map.entry("S3_SECRET_KEY", servers.s3().secretKey()),
        Map.entry("SECRET_KEY", key),
        Map.entry("TAG_SECRET", key),
        Map.entry("TAG_SIGNING_KEY", key),
        Map.entry("METRICS_TOKEN", key),
        Map.entry("WHATSAPP_BASE_URL", simulator.baseUrl()),
        Map.entry("WHATSAPP_PHONE_ID", PHONE),
        Map.entry("WHATSAPP_TOKEN", TOKEN),
        Map.entry("SES_ENDPOINT", simulator.baseUrl()),
        Map.entry("AWS_ACCESS_KEY_ID", ACCESS_KEY),
        Map.entry("AWS_SECRET_ACCESS_KEY", "a-secret-for-tests"),
        Map.entry("SES_SENDER", SENDER),
        Map.entry("SES_MESSAGES_PER_SECOND", "80"),
        Map.entry("WHATSAPP_DAILY_USERS", "100000"));
  }

  /** What families read, oldest first. */
  List<JsonObject> messages() {
    try (ApiCalls calls = new ApiCalls(simulator.port())) {
      return calls.list("/messages").stream().map(JsonObject.class::cast).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first column of a query, as text, asked past all row-level security. */
  Set<String> ask(String sql) {
    try (Connection connection = servers.superuser().onDatabase(database.database()).connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Set<String> found = new HashSet<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes rows past all row-level security, as nothing of the server could. */
  void change(String sql) {
    try (Connection connection = servers.superuser().onDatabase(database.database()).connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    simulator.close().await();
    vertx.close().await();
  }

  private PostgresAccess access() {
    return new PostgresAccess(
        database.host(),
        database.port(),
        database.database(),
        database.owner().user(),
        database.owner().password().value());
  }
}
