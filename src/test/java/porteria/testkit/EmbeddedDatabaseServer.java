package porteria.testkit;

import porteria.embedded.DataDirectory;
import porteria.embedded.PostgresAccess;
import porteria.embedded.PostgresServer;
import porteria.embedded.PostgresSettings;

/** PostgreSQL as a process of this machine: no Docker needed. */
record EmbeddedDatabaseServer(PostgresServer server) implements TestDatabaseServer {

  static EmbeddedDatabaseServer start(DataDirectory directory) {
    return new EmbeddedDatabaseServer(
        PostgresServer.start(
            directory, new PostgresSettings(0, TestServers.PASSWORD, TestServers.PASSWORD)));
  }

  @Override
  public PostgresAccess superuser() {
    return server.superuser();
  }

  @Override
  public PostgresAccess owner() {
    return server.owner();
  }

  @Override
  public void close() {
    server.close();
  }
}
