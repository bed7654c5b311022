package porteria.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import porteria.embedded.DataDirectory;
import porteria.embedded.EmbeddedServerException;
import porteria.embedded.PostgresAccess;
import porteria.embedded.PostgresProvisioning;
import porteria.embedded.RedisAccess;
import porteria.embedded.RedisServer;
import porteria.embedded.RedisSettings;
import porteria.embedded.S3Access;
import porteria.embedded.S3Server;
import porteria.embedded.S3Settings;

/**
 * The real servers of the tests, each started when first asked for and kept to the end of the run.
 * Comes as a parameter, by {@link TestServersExtension}.
 *
 * <p>The directory is kept from run to run: a warm start is quick, and servers that a killed run
 * left behind are found and stopped. What earlier runs wrote is dropped.
 */
public final class TestServers implements AutoCloseable {
  static final String PASSWORD = "for-tests-only";

  private static final Path DIRECTORY = Path.of("target", "test-servers");
  private static final String FRESH = "fresh_";

  private final AtomicInteger databases = new AtomicInteger();
  private final DataDirectory directory = openDirectory();
  private @Nullable TestDatabaseServer database;
  private @Nullable RedisServer redis;
  private @Nullable S3Server s3;

  TestServers() {}

  /** A new, empty database, entered as the owner role, which all of them share. */
  public PostgresAccess freshDatabase() {
    TestDatabaseServer server = database();
    String name = FRESH + databases.incrementAndGet();
    try (Connection connection = server.superuser().connect()) {
      PostgresProvisioning.createDatabase(connection, name);
    } catch (SQLException e) {
      throw new IllegalStateException("No fresh database", e);
    }
    return server.owner().onDatabase(name);
  }

  /** The way into the server as a superuser; choose the database with {@code onDatabase}. */
  public PostgresAccess superuser() {
    return database().superuser();
  }

  /** Redis, emptied. */
  public synchronized RedisAccess freshRedis() {
    RedisServer server = redis;
    if (server == null) {
      server = RedisServer.start(directory, new RedisSettings(0, PASSWORD));
      redis = server;
    }
    RedisCommands.flush(server.access());
    return server.access();
  }

  /** The S3 server, with one bucket that all share. */
  public synchronized S3Access s3() {
    S3Server server = s3;
    if (server == null) {
      server = S3Server.start(directory, new S3Settings(0, "test-photos", "test-key", PASSWORD));
      s3 = server;
    }
    return server.access();
  }

  @Override
  public synchronized void close() {
    TestDatabaseServer third = database;
    RedisServer second = redis;
    S3Server first = s3;
    try (directory;
        third;
        second;
        first) {
      database = null;
      redis = null;
      s3 = null;
    }
  }

  private synchronized TestDatabaseServer database() {
    TestDatabaseServer server = database;
    if (server == null) {
      server =
          DockerEngine.isWantedAndThere()
              ? ContainerDatabaseServer.start()
              : EmbeddedDatabaseServer.start(directory);
      database = server;
      dropOldDatabases(server.superuser());
    }
    return server;
  }

  private static void dropOldDatabases(PostgresAccess superuser) {
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      for (String name : oldDatabases(statement)) {
        statement.execute("DROP DATABASE " + name + " WITH (FORCE)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot drop the databases of an earlier run", e);
    }
  }

  private static List<String> oldDatabases(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT datname FROM pg_database WHERE starts_with(datname, '" + FRESH + "')")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** Another run in the same checkout may be using the usual directory. */
  private static DataDirectory openDirectory() {
    try {
      return DataDirectory.open(DIRECTORY);
    } catch (EmbeddedServerException e) {
      String pid = Long.toString(ProcessHandle.current().pid());
      return DataDirectory.open(DIRECTORY.resolveSibling("test-servers-" + pid));
    }
  }
}
