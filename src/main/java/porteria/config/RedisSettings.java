package porteria.config;

import java.util.Set;

/**
 * Redis: what may be forgotten.
 *
 * @param url {@code redis://[:password@]host:port[/db]}; it may hold a password
 */
public record RedisSettings(Secret url) {

  static RedisSettings from(ConfigReader reader) {
    return new RedisSettings(
        new Secret(reader.uri("redis.url", "REDIS_URL", Set.of("redis", "rediss")).toString()));
  }
}
