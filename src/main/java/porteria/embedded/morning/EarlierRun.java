package porteria.embedded.morning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers, in a file beside {@code demo.json}, when the last tap of the latest run was: within
 * the repeat window after it the server rightly takes a new run's taps for double reads.
 */
final class EarlierRun {
  private final Path file;

  EarlierRun(Path dataDirectory) {
    this.file = dataDirectory.resolve("simulate.last");
  }

  /** Empty when there was none, or nothing is known of it. */
  Optional<Instant> end() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(Files.readString(file).strip()));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** Written before the run, so that a run that breaks off is remembered too. */
  void write(Instant end) throws IOException {
    Files.writeString(file, end + "\n");
  }
}
