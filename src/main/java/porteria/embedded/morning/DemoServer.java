package porteria.embedded.morning;

import io.vertx.core.json.DecodeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The demonstration as a process of its own, in time-lapse. Blocking. */
final class DemoServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofSeconds(40);
  private static final int LOOK_MILLIS = 100;
  private static final int LINES = 10;

  private final Process process;
  private final Path data;
  private final Path log;

  private DemoServer(Process process, Path data, Path log) {
    this.process = process;
    this.data = data;
    this.log = log;
  }

  /**
   * Starts it on free ports; it is not ready yet.
   *
   * @param clockStart local date and time of the school
   */
  static DemoServer start(Path data, String clockStart, int speed) throws IOException {
    Path log = data.resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "porteria.Main",
                "demo")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "DATA_DIR", data.toString(),
                "HTTP_PORT", String.valueOf(freePort()),
                "SIMULATOR_PORT", "0",
                "CLOCK_START", clockStart,
                "CLOCK_SPEED", String.valueOf(speed)));
    return new DemoServer(builder.start(), data, log);
  }

  /**
   * Waits until it serves, and answers what its {@code demo.json} says.
   *
   * @throws IOException when it ends or is not ready in time; with the end of its log
   */
  Demo awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("the server ended:\n" + endOfLog());
      }
      try {
        Demo demo = Demo.read(data.resolve("demo.json"));
        if (!demo.baseUrl().isEmpty()) {
          return demo;
        }
      } catch (NoSuchFileException | DecodeException notYet) {
        // looked at again
      }
    }
    throw new IOException("the server is not ready:\n" + endOfLog());
  }

  /** Asks it to end (SIGTERM) and waits; ends it if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String endOfLog() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
