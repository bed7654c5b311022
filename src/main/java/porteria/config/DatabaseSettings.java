package porteria.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * PostgreSQL, reached as three roles: the owner migrates, {@code porteria_web} serves people under
 * row-level security, {@code porteria_worker} records scans and sends.
 *
 * @param owner login of the role that owns the schema
 * @param poolSize connections each of the web and worker pools may open on one node
 * @param timeout a statement that takes longer is cancelled, a caller that waits longer is told so
 */
public record DatabaseSettings(
    String host,
    int port,
    String database,
    Login owner,
    Login web,
    Login worker,
    int poolSize,
    Duration timeout) {

  /** A role and its password. */
  public record Login(String user, Secret password) {}

  /** Where and who, as {@code DATABASE_URL} states it. */
  private record Address(String host, int port, String database, Login owner) {
    private static final Address NONE = new Address("", 0, "", new Login("", new Secret("")));
  }

  static DatabaseSettings from(ConfigReader reader) {
    Address address =
        reader.parsed(
            "database.url",
            "DATABASE_URL",
            DatabaseSettings::parse,
            "postgresql://user:password@host:port/database",
            Address.NONE);
    return new DatabaseSettings(
        address.host,
        address.port,
        address.database,
        address.owner,
        login(reader, "web", "DATABASE_WEB_PASSWORD"),
        login(reader, "worker", "DATABASE_WORKER_PASSWORD"),
        reader.integer("database.pool-size", 1, 200),
        reader.duration("database.timeout", Duration.ofMillis(100), Duration.ofSeconds(30)));
  }

  private static Login login(ConfigReader reader, String role, String variable) {
    return new Login(
        "porteria_" + role, reader.secret("database." + role + "-password", variable, 12));
  }

  private static Optional<Address> parse(String text) {
    try {
      URI uri = URI.create(text);
      String user = uri.getUserInfo();
      boolean complete =
          ("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getPath() != null
              && uri.getPath().length() > 1
              && user != null
              && user.contains(":");
      if (!complete) {
        return Optional.empty();
      }
      int colon = user.indexOf(':');
      return Optional.of(
          new Address(
              uri.getHost(),
              uri.getPort() < 0 ? 5432 : uri.getPort(),
              uri.getPath().substring(1),
              new Login(user.substring(0, colon), new Secret(user.substring(colon + 1)))));
    } catch (IllegalArgumentException notAUri) {
      return Optional.empty();
    }
  }
}
