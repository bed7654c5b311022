package porteria.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import porteria.config.DatabaseSettings;
import porteria.config.DatabaseSettings.Login;

/**
 * Brings the schema up to date as its owner, and sees to it that the two working roles exist with
 * the passwords of the configuration. Blocking: called at boot, on a plain thread.
 */
public final class Migrations {

  /** Any number will do, so long as every node takes the same. */
  private static final long ROLES_LOCK = 7_267_283;

  private static final String ROLE_STATEMENT =
      """
      SELECT format(
        CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = ?)
             THEN 'ALTER ROLE %I LOGIN PASSWORD %L'
             ELSE 'CREATE ROLE %I LOGIN PASSWORD %L' END, ?, ?)
      """;

  private final DatabaseSettings settings;

  public Migrations(DatabaseSettings settings) {
    this.settings = settings;
  }

  /**
   * Applies what is missing.
   *
   * @return the number of migrations applied now
   */
  public int apply() {
    ensureRoles();
    return Flyway.configure()
        .dataSource(url(), settings.owner().user(), settings.owner().password().value())
        .locations("classpath:db/migration")
        .connectRetries(5)
        .load()
        .migrate()
        .migrationsExecuted;
  }

  private void ensureRoles() {
    try (Connection connection =
            DriverManager.getConnection(
                url(), settings.owner().user(), settings.owner().password().value());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(" + ROLES_LOCK + ")");
      for (Login login : new Login[] {settings.web(), settings.worker()}) {
        statement.execute(roleStatement(connection, login));
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the database roles could not be prepared", e);
    }
  }

  /** Lets the server do the quoting, since role statements take no parameters. */
  private static String roleStatement(Connection connection, Login login) throws SQLException {
    try (PreparedStatement format = connection.prepareStatement(ROLE_STATEMENT)) {
      format.setString(1, login.user());
      format.setString(2, login.user());
      format.setString(3, login.password().value());
      try (ResultSet row = format.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private String url() {
    return "jdbc:postgresql://%s:%d/%s?connectTimeout=5&socketTimeout=60"
        .formatted(settings.host(), settings.port(), settings.database());
  }
}
