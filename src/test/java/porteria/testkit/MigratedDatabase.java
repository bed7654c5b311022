package porteria.testkit;

import java.time.Duration;
import porteria.config.DatabaseSettings;
import porteria.config.DatabaseSettings.Login;
import porteria.config.Secret;
import porteria.db.Migrations;
import porteria.embedded.PostgresAccess;

/** Fresh databases with today's schema and no rows. */
public final class MigratedDatabase {

  private static final int CONNECTIONS = 4;

  /** No test is about a database that is slow; the machine that runs them may be. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private MigratedDatabase() {}

  /** A new database of the test server, as the server's configuration would name it. */
  public static DatabaseSettings create(TestServers servers) {
    PostgresAccess access = servers.freshDatabase();
    Secret forTests = new Secret(TestServers.PASSWORD);
    DatabaseSettings settings =
        new DatabaseSettings(
            access.host(),
            access.port(),
            access.database(),
            new Login(access.user(), new Secret(access.password())),
            new Login("porteria_web", forTests),
            new Login("porteria_worker", forTests),
            CONNECTIONS,
            PATIENCE);
    new Migrations(settings).apply();
    return settings;
  }
}
