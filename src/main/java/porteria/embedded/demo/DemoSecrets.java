package porteria.embedded.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import porteria.config.Secret;

/**
 * The secrets of one demonstration: made at random on the first start, kept beside the data in
 * {@code secrets.json}, which only its owner may read. Blocking.
 */
public final class DemoSecrets {

  private static final String FILE = "secrets.json";

  private final Map<DemoSecret, Secret> values;

  private DemoSecrets(Map<DemoSecret, Secret> values) {
    this.values = values;
  }

  /**
   * Reads the secrets of a data directory; makes those that are missing and keeps them.
   *
   * @throws IllegalStateException when the file is there and is no JSON: it is not overwritten,
   *     since the data beside it cannot be opened with other secrets
   * @throws UncheckedIOException when it cannot be read or written
   */
  public static DemoSecrets open(Path dataDirectory) {
    Path file = dataDirectory.resolve(FILE);
    JsonObject kept = read(file);
    Map<DemoSecret, Secret> values = new EnumMap<>(DemoSecret.class);
    int before = kept.size();
    for (DemoSecret secret : DemoSecret.values()) {
      String value = kept.getString(secret.name(), "");
      if (value.isEmpty()) {
        value = RandomText.secret(new SecureRandom());
        kept.put(secret.name(), value);
      }
      values.put(secret, new Secret(value));
    }
    if (kept.size() > before) {
      PrivateFile.write(file, kept.encodePrettily() + "\n");
    }
    return new DemoSecrets(values);
  }

  /** One of them: 43 letters and digits, more than 250 random bits. */
  public Secret get(DemoSecret secret) {
    return values.getOrDefault(secret, new Secret(""));
  }

  private static JsonObject read(Path file) {
    if (!Files.exists(file)) {
      return new JsonObject();
    }
    try {
      return new JsonObject(Files.readString(file));
    } catch (DecodeException e) {
      throw new IllegalStateException(file + " is not JSON; delete the whole data directory", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
