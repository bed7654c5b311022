package porteria;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditVerifier;
import porteria.audit.ChainCheck;
import porteria.config.ConfigException;
import porteria.config.DatabaseSettings;
import porteria.config.Settings;
import porteria.db.Database;
import porteria.db.Migrations;

/**
 * The process: {@code serve} (the default) migrates and serves, {@code migrate} only migrates,
 * {@code demo} serves with servers of its own around it, {@code seed} only prepares what that
 * needs; {@code audit-verify [school]} walks the chains of the audit trail, of one school or of
 * all, and exits with 1 when one does not hold; {@code school slug name timezone} founds a school;
 * {@code admin email [school]} makes an admin's account and prints its password; {@code
 * templates-check} compares the WhatsApp account's templates with the catalogue, and exits with 1
 * when they differ. Exit code 2 means the configuration or an argument is wrong, 1 that starting
 * failed.
 */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final String EMBEDDED = "porteria.embedded.demo.DemoSurroundings";
  private static final long SHUTDOWN_SECONDS = 20;

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(eventLoops()));
  private Optional<Surroundings> surroundings = Optional.empty();
  private Optional<Server> server = Optional.empty();

  private Main() {}

  /**
   * Half the processors: the database has work for the others. What one loop hands to another costs
   * more than what either does with it, so fewer serve a scan faster.
   */
  private static int eventLoops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  public static void main(String[] arguments) {
    String command = arguments.length == 0 ? "serve" : arguments[0];
    Main main = new Main();
    try {
      switch (command) {
        case "serve" -> main.serve();
        case "migrate" -> main.migrateOnly();
        case "demo" -> main.serveWithSurroundings();
        case "seed" -> main.seedOnly();
        case "audit-verify" -> main.verifyAudit(Arrays.stream(arguments).skip(1).findFirst());
        case "school" -> main.foundSchool(Arrays.stream(arguments).skip(1).toList());
        case "templates-check" -> main.checkTemplates();
        case "admin" -> main.makeAdmin(Arrays.stream(arguments).skip(1).toList());
        default ->
            throw new ConfigException(
                List.of(
                    "the command is \"%s\": allowed are serve, migrate, demo, seed, audit-verify, school, admin, templates-check"
                        .formatted(command)));
      }
    } catch (ConfigException wrong) {
      LOG.error("{}", wrong.getMessage());
      main.exit(2);
    } catch (Exception failed) {
      LOG.error("starting failed", failed);
      main.exit(1);
    }
  }

  /** Families are told by real providers: what is told them is by the real time. */
  private void serve() throws Exception {
    List<String> lapse =
        Stream.of("CLOCK_START", "CLOCK_SPEED")
            .filter(name -> System.getenv(name) != null)
            .map(name -> name + " is set: time-lapse is for the embedded servers (demo) alone")
            .toList();
    if (!lapse.isEmpty()) {
      throw new ConfigException(lapse);
    }
    run(loadSettings(new JsonObject()));
  }

  private void migrateOnly() throws Exception {
    migrate(loadSettings(new JsonObject()));
    exit(0);
  }

  private void serveWithSurroundings() throws Exception {
    surroundings = Optional.of(embedded());
    run(loadSettings(surroundings.get().start()));
  }

  private void seedOnly() throws Exception {
    Surroundings around = embedded();
    surroundings = Optional.of(around);
    Settings settings = loadSettings(around.start());
    migrate(settings);
    around.seed(settings);
    exit(0);
  }

  private void verifyAudit(Optional<String> school) {
    Database database = Database.open(vertx, loadSettings(new JsonObject()).database());
    List<ChainCheck> checks =
        new AuditVerifier(database).verify(school).eventually(database::close).await();
    if (checks.isEmpty()) {
      LOG.error("there is no school {}", school.orElse("at all"));
    }
    checks.forEach(Main::tell);
    boolean holds = checks.stream().allMatch(check -> check.broken().isEmpty());
    exit(holds && !checks.isEmpty() ? 0 : 1);
  }

  private void foundSchool(List<String> arguments) {
    SchoolCommand command = SchoolCommand.of(arguments);
    DatabaseSettings database = loadSettings(new JsonObject()).database();
    exit(command.run(vertx, database, InstantSource.system(), System.out).await());
  }

  private void checkTemplates() {
    TemplatesCommand command = new TemplatesCommand(loadSettings(new JsonObject()).whatsApp());
    exit(command.run(vertx, System.out).await());
  }

  /** The password goes to the terminal alone, not to the log. */
  private void makeAdmin(List<String> arguments) {
    AdminCommand command = AdminCommand.of(arguments);
    DatabaseSettings database = loadSettings(new JsonObject()).database();
    exit(command.run(vertx, database, InstantSource.system(), System.out).await());
  }

  private static void tell(ChainCheck check) {
    check
        .broken()
        .ifPresentOrElse(
            broken ->
                LOG.error(
                    "school {}: the audit trail is broken: entry {} {}",
                    check.school(),
                    broken.seq(),
                    broken.what()),
            () ->
                LOG.info(
                    "school {}: the audit trail holds, {} entries, the last with hash {}",
                    check.school(),
                    check.entries(),
                    check.hash()));
  }

  private void run(Settings settings) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "shutdown"));
    migrate(settings);
    surroundings.ifPresent(around -> around.seed(settings));
    InstantSource clock = surroundings.map(Surroundings::clock).orElseGet(InstantSource::system);
    server = Optional.of(Server.start(vertx, settings, clock).await());
    LOG.info("ready on port {}", server.get().port());
    surroundings.ifPresent(around -> around.announce(server.orElseThrow().port()));
  }

  private static void migrate(Settings settings) {
    LOG.info("{} migrations applied", new Migrations(settings.database()).apply());
  }

  /** The file named by PORTERIA_CONF, else conf/porteria.conf, under what is laid over it. */
  private Settings loadSettings(JsonObject overlay) {
    Path file =
        Path.of(Objects.requireNonNullElse(System.getenv("PORTERIA_CONF"), "conf/porteria.conf"));
    if (!Files.isReadable(file)) {
      throw new ConfigException(
          List.of(
              "%s cannot be read: start in the project's folder or set PORTERIA_CONF"
                  .formatted(file)));
    }
    ConfigRetrieverOptions options =
        new ConfigRetrieverOptions()
            .addStore(
                new ConfigStoreOptions()
                    .setType("file")
                    .setFormat("hocon")
                    .setConfig(new JsonObject().put("path", file.toAbsolutePath().toString())))
            .addStore(new ConfigStoreOptions().setType("json").setConfig(overlay));
    ConfigRetriever retriever = ConfigRetriever.create(vertx, options);
    try {
      return Settings.from(retriever.getConfig().await());
    } finally {
      retriever.close();
    }
  }

  private Surroundings embedded() throws ReflectiveOperationException {
    try {
      return Class.forName(EMBEDDED)
          .asSubclass(Surroundings.class)
          .getDeclaredConstructor(Vertx.class)
          .newInstance(vertx);
    } catch (ClassNotFoundException absent) {
      throw new ConfigException(
          List.of("the command \"demo\" needs the embedded servers, which this image leaves out"));
    }
  }

  private void exit(int code) {
    close();
    System.exit(code);
  }

  private synchronized void close() {
    server.ifPresent(
        running -> {
          try {
            running.close().await(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
          } catch (TimeoutException late) {
            LOG.warn("not everything was finished within {} s", SHUTDOWN_SECONDS);
          }
        });
    server = Optional.empty();
    surroundings.ifPresent(Surroundings::close);
    surroundings = Optional.empty();
    vertx.close().await();
  }
}
