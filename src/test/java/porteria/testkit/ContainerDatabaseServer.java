package porteria.testkit;

import java.sql.SQLException;
import org.testcontainers.postgresql.PostgreSQLContainer;
import porteria.embedded.PostgresAccess;
import porteria.embedded.PostgresProvisioning;

/** PostgreSQL in a container, for machines with a Docker engine. */
final class ContainerDatabaseServer implements TestDatabaseServer {
  private static final String IMAGE = "postgres:18";
  private static final String SUPERUSER = "postgres";
  private static final String PASSWORD = TestServers.PASSWORD;
  private static final int PORT = 5432;

  private final PostgreSQLContainer container;
  private final PostgresAccess superuser;
  private final PostgresAccess owner;

  private ContainerDatabaseServer(
      PostgreSQLContainer container, PostgresAccess superuser, PostgresAccess owner) {
    this.container = container;
    this.superuser = superuser;
    this.owner = owner;
  }

  static ContainerDatabaseServer start() {
    PostgreSQLContainer container =
        new PostgreSQLContainer(IMAGE)
            .withDatabaseName(SUPERUSER)
            .withUsername(SUPERUSER)
            .withPassword(PASSWORD);
    // Left alone, the container runs with fsync off.
    container.setCommand("postgres", "-c", "fsync=on", "-c", "timezone=UTC");
    container.start();
    PostgresAccess superuser =
        new PostgresAccess(
            container.getHost(), container.getMappedPort(PORT), SUPERUSER, SUPERUSER, PASSWORD);
    try {
      PostgresAccess owner = PostgresProvisioning.ensureOwner(superuser, PASSWORD);
      return new ContainerDatabaseServer(container, superuser, owner);
    } catch (SQLException e) {
      container.stop();
      throw new IllegalStateException("The PostgreSQL container cannot be prepared", e);
    }
  }

  @Override
  public PostgresAccess superuser() {
    return superuser;
  }

  @Override
  public PostgresAccess owner() {
    return owner;
  }

  @Override
  public void close() {
    container.stop();
  }
}
