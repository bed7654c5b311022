package porteria.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** A Redis of our own, on loopback, with an append-only file that lasts. All methods block. */
public final class RedisServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);
  private static final String PROGRAM = "redis-server";
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final ServerProcess process;
  private final RedisAccess access;

  private RedisServer(ServerProcess process, RedisAccess access) {
    this.process = process;
    this.access = access;
  }

  /**
   * Starts the server in the data directory. One that a killed process left running there is
   * stopped first; its data is kept.
   *
   * @throws EmbeddedServerException when it does not start, with the reason it gave
   */
  public static RedisServer start(DataDirectory data, RedisSettings settings) {
    Path directory = data.subdirectory("redis");
    BinaryCache binaries = BinaryCache.forUser(data.path());
    RedisFiles files = new RedisFiles(directory);
    try {
      stopOrphan(files);
      RedisAccess access =
          new RedisAccess(Loopback.HOST, Loopback.port(settings.port()), settings.password());
      files.writeConfiguration(access);
      files.keepPreviousLog();
      ServerProcess process = launch(files, access, program(binaries));
      LOG.info("Redis is ready at {}", access);
      return new RedisServer(process, access);
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot start Redis in " + directory, e);
    }
  }

  /** The way in. */
  public RedisAccess access() {
    return access;
  }

  /** The server's process. */
  public long pid() {
    return process.handle().pid();
  }

  /** Stops the server, which writes its file first. The data stays. */
  @Override
  public void close() {
    if (process.isRunning()) {
      process.stop(STOP_PATIENCE);
    }
  }

  private static ServerProcess launch(RedisFiles files, RedisAccess access, Path program)
      throws IOException {
    Process process =
        new ProcessBuilder(inOwnSession(program, files.configuration()))
            .directory(files.directory().toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(files.log().toFile())
            .start();
    boolean ready = false;
    try {
      ready = becomesReady(process, new RedisProbe(access));
    } finally {
      if (!ready) {
        process.destroyForcibly();
      }
    }
    if (!ready) {
      throw new EmbeddedServerException(
          "Redis does not start in " + files.directory() + ": " + LogTail.of(files.log()));
    }
    return ServerProcess.of(process.toHandle(), PROGRAM, files.configuration());
  }

  private static boolean becomesReady(Process process, RedisProbe probe) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        // Ended already, for instance because somebody else has the port and may answer there.
        if (process.waitFor(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
        if (probe.answers()) {
          return process.isAlive();
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("Interrupted while waiting for Redis", e);
    }
  }

  /**
   * Away from the terminal's Ctrl-C, where the system has the means; the process id is the same.
   */
  private static List<String> inOwnSession(Path program, Path configuration) {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      line.add(SETSID.toString());
    }
    line.add(program.toString());
    line.add(configuration.toString());
    return line;
  }

  private static void stopOrphan(RedisFiles files) throws IOException {
    Optional<ServerProcess> orphan =
        files.recordedPid().flatMap(pid -> ServerProcess.find(pid, PROGRAM, files.configuration()));
    if (orphan.isPresent()) {
      LOG.info("Stopping the Redis that a killed process left behind");
      orphan.get().stop(STOP_PATIENCE);
    }
    files.forgetPid();
  }

  private static Path program(BinaryCache binaries) {
    String resource =
        ExecutableProvider.newProvidedVersionsMap().get(OsArchitecture.detectOSandArchitecture());
    if (resource == null) {
      throw new EmbeddedServerException("No Redis program for this system");
    }
    return binaries.program(resource.replaceFirst("^/", ""), PROGRAM).resolve(PROGRAM);
  }
}
