package porteria.config;

import java.net.URI;
import java.util.Set;

/**
 * The S3 server.
 *
 * @param endpoint addressed path-style
 */
public record StorageSettings(URI endpoint) {

  static StorageSettings from(ConfigReader reader) {
    return new StorageSettings(reader.uri("s3.endpoint", "S3_ENDPOINT", Set.of("http", "https")));
  }
}
