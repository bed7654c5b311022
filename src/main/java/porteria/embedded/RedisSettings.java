package porteria.embedded;

/**
 * What a caller decides about Redis.
 *
 * @param port the TCP port on loopback, 0 for any free one
 * @param password asked of every client; letters, digits, {@code -} and {@code _}
 */
public record RedisSettings(int port, String password) {

  public RedisSettings {
    // It goes into a line of redis.conf and of the protocol.
    if (!password.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("A Redis password has letters, digits, - and _ only");
    }
  }

  @Override
  public String toString() {
    return "RedisSettings[port=" + port + "]";
  }
}
