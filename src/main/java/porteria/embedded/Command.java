package porteria.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One short command: what it was, how it ended and what it said. */
record Command(List<String> line, int exitCode, String output) {

  /**
   * Runs the command to its end in {@code directory}. Its output goes through a file, because a
   * server that it leaves behind would keep a pipe open for ever.
   *
   * @throws EmbeddedServerException when it cannot be run or does not end within {@code limit}
   */
  static Command run(Path directory, Duration limit, List<String> line) {
    try {
      Path output = Files.createTempFile(directory, ".command", ".out");
      try {
        int exitCode = exitCode(directory, limit, line, output);
        return new Command(line, exitCode, Files.readString(output).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot run " + line.getFirst(), e);
    }
  }

  boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * @throws EmbeddedServerException with the command's own words when it failed
   */
  void orThrow(String failure) {
    if (!succeeded()) {
      throw new EmbeddedServerException(failure + ": " + output);
    }
  }

  private static int exitCode(Path directory, Duration limit, List<String> line, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output.toFile());
    // PGDATA, PGPORT, PGOPTIONS and the like are meant for somebody else's server.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new EmbeddedServerException(line.getFirst() + " did not end within " + limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("Interrupted while running " + line.getFirst(), e);
    } finally {
      process.destroy();
    }
  }
}
