package porteria.embedded;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An embedded server could not be started or stopped. The message is for the person at the
 * terminal: it names the server, the directory and, where the server said why, its own last words.
 */
public final class EmbeddedServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EmbeddedServerException(String message) {
    super(message);
  }

  EmbeddedServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
