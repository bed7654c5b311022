package porteria;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final String APP_SECRET = "an-app-secret-for-tests";

  /**
   * It is about noon at the schools whenever the tests run, so that neither midnight, when what
   * happened is news no more, nor the check of a morning comes in between.
   */
  private static final int NOON = 12;

  private final TestServers servers;
  private final Vertx vertx = Vertx.vertx();
  private final DatabaseSettings database;
  private final DemoSchoolFile school;
  private final Simulator simulator;
  private final WebClient client = WebClient.create(vertx);
  private final Path configuration;
  private final String redis;
  private final SendingTerms terms;
  private int heardPort;

  DemoStage(TestServers servers, Path directory) throws IOException {
    this(servers, directory, SendingTerms.USUAL);
  }

  DemoStage(TestServers servers, Path directory, SendingTerms terms) throws IOException {
    this.servers = servers;
    this.terms = terms;
    redis = servers.freshRedis().uri();
    database = MigratedDatabase.create(servers);
    new DemoSeed(database, TestSecurity.settings(), InstantSource.system())
        .plant(new DemoFile(directory));
    change(
        "UPDATE school SET timezone = 'Etc/GMT%+d'"
            .formatted(Instant.now().atOffset(ZoneOffset.UTC).getHour() - NOON));
    school = DemoSchoolFile.read(directory);
    simulator =
        Simulator.start(
                vertx,
                SimulatorOptions.local(
                        TOKEN,
                        PHONE,
                        APP_SECRET,
                        ACCESS_KEY,
                        SENDER,
                        SimulatedTemplate.wantedBy(Path.of("conf", "whatsapp-templates.json")))
                    .withMessagesPerSecond(terms.allowed()))
            .await();
    configuration = directory.resolve("porteria.conf");
    Files.writeString(
        configuration, Files.readString(Path.of("conf", "porteria.conf")) + terms.settings());
  }

  DemoSchoolFile school() {
    return school;
  }

  /** A server between these; not yet ready. */
  ServerJvm startServer() {
    return ServerJvm.start("serve", environment());
  }

  /** A server that takes the WhatsApp allowance to be this; not yet ready. */
  ServerJvm startServer(int messagesPerSecond) {
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("WHATSAPP_MESSAGES_PER_SECOND", Integer.toString(messagesPerSecond));
    return ServerJvm.start("serve", environment);
  }

  /** A server that the provider tells what became of messages, on one port always. */
  ServerJvm startHeardServer() {
    if (heardPort == 0) {
      heardPort = ServerJvm.freePort();
      simulator.callBack(URI.create("http://127.0.0.1:" + heardPort)).await();
    }
    Map<String, String> environment = new HashMap<>(environment());
    environment.put("HTTP_PORT", Integer.toString(heardPort));
    environment.put("WHATSAPP_APP_SECRET", APP_SECRET);
    environment.put("WHATSAPP_VERIFY_TOKEN", "a-verify-token-for-tests");
    return ServerJvm.start("serve", environment);
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
        Map.entry("REDIS_URL", redis),
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
        Map.entry("WHATSAPP_MESSAGES_PER_SECOND", Integer.toString(terms.messagesPerSecond())),
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

  /** How many messages the providers took. */
  int taken() {
    return json(client.getAbs(simulator.baseUrl() + "/messages/stats")).getInteger("total");
  }

  /** Lets the providers fail in these ways and no others. */
  void fail(JsonObject... faults) {
    int status =
        client
            .putAbs(simulator.baseUrl() + "/faults")
            .sendBuffer(new JsonArray(List.of(faults)).toBuffer())
            .await()
            .statusCode();
    if (status != 200) {
      throw new IllegalArgumentException("no such faults: " + List.of(faults));
    }
  }

  /** The faults that are left, with what is left of their times. */
  List<JsonObject> faults() {
    Buffer body =
        Objects.requireNonNull(
            client.getAbs(simulator.baseUrl() + "/faults").send().await().bodyAsBuffer());
    return new JsonArray(body).stream().map(JsonObject.class::cast).toList();
  }

  /** Lets the providers serve well again. */
  void recover() {
    client.deleteAbs(simulator.baseUrl() + "/faults").send().await();
  }

  private static JsonObject json(HttpRequest<Buffer> request) {
    return Objects.requireNonNull(request.send().await().bodyAsJsonObject());
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

  /** Keeps the rows that a query locks from everybody until it is closed. */
  Connection holding(String query) {
    try {
      Connection connection = servers.superuser().onDatabase(database.database()).connect();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(query);
      }
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
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
