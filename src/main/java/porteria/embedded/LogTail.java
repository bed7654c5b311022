package porteria.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a server's log, for the message that says why it did not start. */
final class LogTail {
  private static final int LINES = 10;

  private LogTail() {}

  static String of(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "it left no log";
    }
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
