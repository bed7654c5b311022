package porteria.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where a database is and who enters it. Printed without the password. */
public record PostgresAccess(String host, int port, String database, String user, String password) {

  /** The address for JDBC, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** The address for Vert.x and {@code psql}, with user and password. */
  public String uri() {
    return "postgresql://"
        + encoded(user)
        + ":"
        + encoded(password)
        + "@"
        + host
        + ":"
        + port
        + "/"
        + encoded(database);
  }

  /** The same user in another database of the same server. */
  public PostgresAccess onDatabase(String other) {
    return new PostgresAccess(host, port, other, user, password);
  }

  /** Another user in the same database. */
  public PostgresAccess as(String otherUser, String otherPassword) {
    return new PostgresAccess(host, port, database, otherUser, otherPassword);
  }

  /** A new JDBC connection, which the caller closes. Blocks: not for event loops. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "porteria-embedded");
    return DriverManager.getConnection(jdbcUrl(), properties);
  }

  @Override
  public String toString() {
    return "PostgresAccess[" + user + "@" + host + ":" + port + "/" + database + "]";
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
