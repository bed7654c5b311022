package porteria.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A Java process of its own that starts the servers, for tests that kill it. */
final class ServersProcess {
  private ServersProcess() {}

  /**
   * Starts the servers on the directory {@code args[0]}, says so, and stays until its input ends.
   */
  public static void main(String[] args) throws IOException {
    try (EmbeddedServers servers = EmbeddedServers.start(Path.of(args[0]), ServersForTests.ALL)) {
      System.out.println("READY " + servers.postgres().pid() + " " + servers.redis().pid());
      System.in.read();
    }
  }

  /** A process whose servers are running. */
  static Running start(Path dataDirectory) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ServersProcess.class.getName(),
                dataDirectory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("READY ")) {
        String[] pids = line.split(" ", -1);
        return new Running(process, Long.parseLong(pids[1]), Long.parseLong(pids[2]));
      }
    }
    throw new IOException("The process with the servers ended before they were ready");
  }

  /** The process, and those of its PostgreSQL and its Redis. */
  record Running(Process process, long postgresPid, long redisPid) implements AutoCloseable {

    void kill() {
      process.destroyForcibly().onExit().join();
    }

    /** Lets it stop its servers and end. */
    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      process.onExit().join();
    }
  }
}
