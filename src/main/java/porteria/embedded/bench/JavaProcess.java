package porteria.embedded.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of ours in a process of its own, which says on which port it listens. */
final class JavaProcess implements AutoCloseable {

  static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  private static final Pattern READY = Pattern.compile("ready on port (\\d+)");
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 20;

  private final Process process;
  private final Path log;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one with this program's class path.
   *
   * @param flags of its Java machine beyond {@link #FLAGS}
   * @param log gets what it prints
   */
  static JavaProcess start(
      String mainClass, List<String> flags, Map<String, String> environment, Path log)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    line.addAll(FLAGS);
    line.addAll(flags);
    line.addAll(List.of("-cp", System.getProperty("java.class.path", ""), mainClass));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    JavaProcess started = new JavaProcess(builder.start(), log);
    // Reading a pipe holds a carrier thread, of which there are as many as processors.
    Thread.ofPlatform().daemon().start(started::follow);
    return started;
  }

  /**
   * The port it listens on.
   *
   * @throws IllegalStateException when it does not start
   */
  int port() throws InterruptedException {
    try {
      return port.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("it does not start: see " + log, e);
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * What was seen of it would be for ever if it had ended.
   *
   * @throws IllegalStateException when it has, however that came
   */
  void mustRun(Exception seen) {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "it ended with exit code %d: see %s".formatted(process.exitValue(), log), seen);
    }
  }

  /** Ends it as a power cut would (SIGKILL). */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to end, and ends it when it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try (BufferedReader lines = process.inputReader();
        Writer file = Files.newBufferedWriter(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.write(line + "\n");
        file.flush();
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          port.complete(Integer.parseInt(ready.group(1)));
        }
      }
      port.completeExceptionally(new IllegalStateException("it ended"));
    } catch (IOException e) {
      port.completeExceptionally(new UncheckedIOException(e));
    }
  }
}
