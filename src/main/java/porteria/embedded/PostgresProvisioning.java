package porteria.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a fresh PostgreSQL needs before the migrations: the owner role and its database. */
public final class PostgresProvisioning {
  /** The database of the product. */
  public static final String DATABASE = "porteria";

  /** The role that owns it and runs the migrations: may log in and create roles, no superuser. */
  public static final String OWNER = "porteria_owner";

  private PostgresProvisioning() {}

  /**
   * Creates role and database where they are missing and sets the role's password. May be repeated.
   *
   * @param superuser any database of the server, entered as a superuser
   * @return the way into the database as its owner
   */
  public static PostgresAccess ensureOwner(PostgresAccess superuser, String ownerPassword)
      throws SQLException {
    try (Connection connection = superuser.connect()) {
      if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", OWNER)) {
        execute(connection, "CREATE ROLE " + OWNER + " LOGIN CREATEROLE");
      }
      setPassword(connection, OWNER, ownerPassword);
      if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", DATABASE)) {
        createDatabase(connection, DATABASE);
      }
    }
    return superuser.onDatabase(DATABASE).as(OWNER, ownerPassword);
  }

  /**
   * Creates an empty database that belongs to the owner role.
   *
   * @param name letters, digits and underscores
   */
  public static void createDatabase(Connection superuser, String name) throws SQLException {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("Not a plain database name: " + name);
    }
    execute(superuser, "CREATE DATABASE " + name + " OWNER " + OWNER);
  }

  /** {@code ALTER ROLE} takes no parameters, so the server quotes them into the statement first. */
  private static void setPassword(Connection connection, String role, String password)
      throws SQLException {
    String quoting = "SELECT format('ALTER ROLE %I PASSWORD %L', ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(quoting)) {
      statement.setString(1, role);
      statement.setString(2, password);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          execute(connection, rows.getString(1));
        }
      }
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
