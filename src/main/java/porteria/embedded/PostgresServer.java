package porteria.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL 18 of our own, on loopback, with its data in a directory that lasts. Commits are
 * durable ({@code fsync}, {@code synchronous_commit} and {@code full_page_writes} are on). All
 * methods block.
 */
public final class PostgresServer implements AutoCloseable {
  /** The role that made the cluster. */
  public static final String SUPERUSER = "postgres";

  private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
  private static final int ATTEMPTS_AT_A_FREE_PORT = 3;

  private final PostgresCluster cluster;
  private final PostgresAccess superuser;
  private final PostgresAccess owner;

  private PostgresServer(PostgresCluster cluster, PostgresAccess superuser, PostgresAccess owner) {
    this.cluster = cluster;
    this.superuser = superuser;
    this.owner = owner;
  }

  /**
   * Starts the server in the data directory, making cluster, role and database where they are
   * missing. A server that a killed process left running there is stopped first; its data is kept.
   *
   * @throws EmbeddedServerException when it does not start, with the reason it gave
   */
  public static PostgresServer start(DataDirectory data, PostgresSettings settings) {
    Path directory = data.subdirectory("postgres");
    BinaryCache binaries = BinaryCache.forUser(data.path());
    PostgresCluster cluster = new PostgresCluster(directory, binaries);
    try {
      cluster.createIfMissing(settings.superuserPassword());
      cluster.stopOrphan();
      int port = startOnPort(cluster, settings.port());
      return provision(cluster, port, settings);
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot start PostgreSQL in " + directory, e);
    }
  }

  /** The way into the product's database as its owner. */
  public PostgresAccess owner() {
    return owner;
  }

  /** The way into the database {@code postgres} as the superuser. */
  public PostgresAccess superuser() {
    return superuser;
  }

  /** The server's process, as long as it runs. */
  public long pid() {
    return cluster
        .running()
        .orElseThrow(() -> new EmbeddedServerException("PostgreSQL is not running"))
        .handle()
        .pid();
  }

  /** Stops the server in the orderly way. The data stays. */
  @Override
  public void close() {
    if (cluster.running().isPresent()) {
      cluster.stop();
    }
  }

  /**
   * A port that was free may be taken by the time the server binds it; then another one will do.
   */
  private static int startOnPort(PostgresCluster cluster, int wanted) throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = Loopback.port(wanted);
      try {
        cluster.start(port);
        return port;
      } catch (EmbeddedServerException e) {
        boolean again = wanted == 0 && attempt < ATTEMPTS_AT_A_FREE_PORT;
        if (!again || !e.getMessage().contains("Address already in use")) {
          throw e;
        }
      }
    }
  }

  private static PostgresServer provision(
      PostgresCluster cluster, int port, PostgresSettings settings) {
    PostgresAccess superuser =
        new PostgresAccess(Loopback.HOST, port, SUPERUSER, SUPERUSER, settings.superuserPassword());
    try {
      PostgresAccess owner = PostgresProvisioning.ensureOwner(superuser, settings.ownerPassword());
      LOG.info("PostgreSQL is ready at {}", owner);
      return new PostgresServer(cluster, superuser, owner);
    } catch (SQLException e) {
      cluster.stop();
      throw new EmbeddedServerException(
          "Cannot prepare PostgreSQL in "
              + cluster.path()
              + " (is its superuser password the one it was made with?)",
          e);
    }
  }
}
