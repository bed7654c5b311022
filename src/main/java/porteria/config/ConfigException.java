package porteria.config;

import java.io.Serial;
import java.util.List;

/** The configuration cannot be used. The message lists every mistake, one a line. */
public final class ConfigException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public ConfigException(List<String> mistakes) {
    super("The configuration has mistakes:\n  - " + String.join("\n  - ", mistakes));
  }
}
