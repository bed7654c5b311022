package porteria.embedded.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The two load generators, which are not ours. */
final class Programs implements AutoCloseable {

  /** Each with the Debian package that has it. */
  private static final Map<String, String> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("pgbench", "postgresql");
    NEEDED.put("wrk", "wrk");
  }

  private final Map<String, String> env;
  private volatile @Nullable Process running;

  Programs(Map<String, String> env) {
    this.env = env;
  }

  /** What is missing, and how to get it; empty when all is there. */
  Optional<String> missing() {
    List<String> packages =
        NEEDED.keySet().stream().filter(program -> !found(program)).map(NEEDED::get).toList();
    return packages.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The benchmark needs pgbench and wrk. On Debian: apt-get install "
                + String.join(" ", packages));
  }

  /**
   * Runs a program to its end.
   *
   * @return what it printed
   * @throws IllegalStateException with its own words when it failed
   */
  String run(Map<String, String> variables, List<String> line)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    running = process;
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    running = null;
    if (exitCode != 0) {
      throw new IllegalStateException(line.getFirst() + " failed: " + output.strip());
    }
    return output;
  }

  /** Ends the one that runs, if any. */
  @Override
  public void close() {
    Process last = running;
    if (last != null) {
      last.destroy();
    }
  }

  private boolean found(String program) {
    return Stream.of(env.getOrDefault("PATH", "").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
