package porteria.testkit;

import porteria.embedded.PostgresAccess;

/** A PostgreSQL 18 for tests, wherever it runs: in a container or as a process of this machine. */
sealed interface TestDatabaseServer extends AutoCloseable
    permits ContainerDatabaseServer, EmbeddedDatabaseServer {

  /** The way into the database {@code postgres} as a superuser. */
  PostgresAccess superuser();

  /** The way into the database {@code porteria} as its owner. */
  PostgresAccess owner();

  @Override
  void close();
}
