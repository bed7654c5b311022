package porteria.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porteria.Main;

/** The server as operators run it: a process of its own, told everything by its environment. */
public final class ServerJvm implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("ready on port (\\d+)");

  /** Nothing else of ours reaches the server, so that the variables of a machine decide nothing. */
  private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "TMPDIR", "USER");

  private static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dlogback.configurationFile=logback.xml",
          "--enable-native-access=ALL-UNNAMED",
          "-cp",
          System.getProperty("java.class.path"),
          Main.class.getName());

  /** From here up Linux lends ports to outgoing connections (ip_local_port_range). */
  private static final int LENT_PORTS = 32_768;

  private static final int LOWEST_PORT = 20_000;
  private static final int READY_SECONDS = 120;
  private static final int END_SECONDS = 60;

  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Integer> ready = new CompletableFuture<>();
  private final Thread reader;

  private ServerJvm(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("output-of-the-server").start(this::read);
  }

  /**
   * Starts {@code porteria.Main} with a command; it may not be ready yet.
   *
   * @param environment all it has, beside what every process needs
   */
  public static ServerJvm start(String command, Map<String, String> environment) {
    return start(List.of(command), environment);
  }

  /** As {@link #start(String, Map)}, with arguments after the command. */
  public static ServerJvm start(List<String> command, Map<String, String> environment) {
    List<String> line = new ArrayList<>(JVM);
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().keySet().retainAll(PASSED_ON);
    builder.environment().putAll(environment);
    try {
      return new ServerJvm(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("the server's process cannot be started", e);
    }
  }

  /**
   * A port that nobody listens on now, for servers that must know theirs beforehand. It is below
   * those that the system lends to whoever connects, of whom one could take it before the server
   * does, or while it is started again.
   */
  public static int freePort() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LENT_PORTS);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Waits until it listens. Answers the port; fails with its output when it ends before. */
  public int awaitReady() {
    try {
      return ready.orTimeout(READY_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException notReady) {
      process.destroyForcibly();
      throw new AssertionError("the server is not ready; it said:\n" + output(), notReady);
    }
  }

  /** Ends it as a power cut would (SIGKILL). */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to end, as an operator does (SIGTERM), without waiting. */
  public void askToEnd() {
    process.destroy();
  }

  /** Waits until it has ended. Answers its exit code. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server does not end; it said:\n" + output());
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What it said so far. */
  public String output() {
    return String.join("\n", output);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      askToEnd();
      awaitEnd();
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher port = READY.matcher(line);
        if (port.find()) {
          ready.complete(Integer.parseInt(port.group(1)));
        }
      }
      ready.completeExceptionally(new IllegalStateException("the server ended"));
    } catch (IOException gone) {
      ready.completeExceptionally(gone);
    }
  }
}
