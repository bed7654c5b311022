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
import porteria.embedded.PostgresAccess;
import porteria.embedded.RedisAccess;

/** Our server in a process of its own, with the flags and the settings of production. */
final class ServerUnderTest implements AutoCloseable {

  static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  private static final Pattern READY = Pattern.compile("ready on port (\\d+)");
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 20;

  private final Process process;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private ServerUnderTest(Process process) {
    this.process = process;
  }

  /**
   * Starts it; it brings the schema up to date by itself.
   *
   * @param directory gets its configuration and its log
   * @param flags of its Java machine beyond {@link #FLAGS}
   */
  static ServerUnderTest start(
      Path directory,
      PostgresAccess owner,
      RedisAccess redis,
      BenchSecrets secrets,
      List<String> flags)
      throws IOException {
    Path configuration = directory.resolve("porteria.conf");
    Files.writeString(
        configuration,
        Files.readString(Path.of("conf", "porteria.conf"))
            + "\nverticles.notification.instances = 0\nlimits.device-per-minute = 10000000\n");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    line.addAll(FLAGS);
    line.addAll(flags);
    line.addAll(List.of("-cp", System.getProperty("java.class.path", ""), "porteria.Main"));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment(configuration, owner, redis, secrets));
    ServerUnderTest server = new ServerUnderTest(builder.start());
    Thread.ofVirtual().start(() -> server.follow(directory.resolve("server.log")));
    return server;
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
      throw new IllegalStateException("the server does not start: see server.log", e);
    }
  }

  long pid() {
    return process.pid();
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

  private void follow(Path log) {
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

  private static Map<String, String> environment(
      Path configuration, PostgresAccess owner, RedisAccess redis, BenchSecrets secrets) {
    return Map.ofEntries(
        Map.entry("PORTERIA_CONF", configuration.toString()),
        Map.entry("DOMAIN", "http://localhost"),
        Map.entry("HTTP_HOST", "127.0.0.1"),
        Map.entry("HTTP_PORT", "0"),
        Map.entry("DATABASE_URL", owner.uri()),
        Map.entry("DATABASE_WEB_PASSWORD", secrets.web()),
        Map.entry("DATABASE_WORKER_PASSWORD", secrets.worker()),
        Map.entry("REDIS_URL", redis.uri()),
        Map.entry("S3_ENDPOINT", "http://127.0.0.1:9"),
        Map.entry("S3_ACCESS_KEY", "unused"),
        Map.entry("S3_SECRET_KEY", "unused-here"),
        Map.entry("SECRET_KEY", secrets.secretKey()),
        Map.entry("TAG_SECRET", secrets.tagSecret()),
        Map.entry("TAG_SIGNING_KEY", secrets.tagSigningKey()),
        Map.entry("METRICS_TOKEN", secrets.metrics()),
        // Nobody is told anything in this run, but the settings must be there.
        Map.entry("WHATSAPP_BASE_URL", "http://127.0.0.1:9"),
        Map.entry("WHATSAPP_PHONE_ID", "1"),
        Map.entry("WHATSAPP_TOKEN", secrets.metrics()),
        Map.entry("AWS_ACCESS_KEY_ID", "unused-here"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "unused-here"),
        Map.entry("SES_ENDPOINT", "http://127.0.0.1:9"),
        Map.entry("SES_SENDER", "bench@porteria.example.test"));
  }
}
