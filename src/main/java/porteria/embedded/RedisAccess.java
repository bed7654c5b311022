package porteria.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where Redis is and its password. Printed without the password. */
public record RedisAccess(String host, int port, String password) {

  /** The address for Vert.x and {@code redis-cli}, with the password. */
  public String uri() {
    String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
    return "redis://:" + encoded + "@" + host + ":" + port + "/0";
  }

  @Override
  public String toString() {
    return "RedisAccess[" + host + ":" + port + "]";
  }
}
