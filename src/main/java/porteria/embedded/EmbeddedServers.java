package porteria.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three servers on one data directory: started side by side, stopped in reverse order. Both
 * block, for a second or so: call them on a plain thread.
 */
public final class EmbeddedServers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);

  private final DataDirectory directory;
  private final PostgresServer postgres;
  private final RedisServer redis;
  private final S3Server s3;

  private EmbeddedServers(
      DataDirectory directory, PostgresServer postgres, RedisServer redis, S3Server s3) {
    this.directory = directory;
    this.postgres = postgres;
    this.redis = redis;
    this.s3 = s3;
  }

  /**
   * Takes the data directory and starts all three; when one does not start, stops the others.
   *
   * @param dataDirectory created where it is missing
   * @throws EmbeddedServerException when the directory is in use or a server does not start
   */
  public static EmbeddedServers start(Path dataDirectory, EmbeddedSettings settings) {
    DataDirectory directory = DataDirectory.open(dataDirectory);
    try {
      return start(directory, settings);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** PostgreSQL. */
  public PostgresServer postgres() {
    return postgres;
  }

  /** Redis. */
  public RedisServer redis() {
    return redis;
  }

  /** The S3 server. */
  public S3Server s3() {
    return s3;
  }

  /** Stops the servers, then gives the directory back. The data stays. */
  @Override
  public void close() {
    try (directory;
        postgres;
        redis;
        s3) {
      LOG.info("Stopping the embedded servers");
    }
  }

  private static EmbeddedServers start(DataDirectory directory, EmbeddedSettings settings) {
    try (ExecutorService starters =
        Executors.newFixedThreadPool(3, Thread.ofPlatform().name("embedded-start-", 1).factory())) {
      CompletableFuture<PostgresServer> postgres =
          CompletableFuture.supplyAsync(
              () -> PostgresServer.start(directory, settings.postgres()), starters);
      CompletableFuture<RedisServer> redis =
          CompletableFuture.supplyAsync(
              () -> RedisServer.start(directory, settings.redis()), starters);
      CompletableFuture<S3Server> s3 =
          CompletableFuture.supplyAsync(() -> S3Server.start(directory, settings.s3()), starters);
      try {
        return new EmbeddedServers(directory, postgres.join(), redis.join(), s3.join());
      } catch (CompletionException e) {
        closeOnceStarted(s3);
        closeOnceStarted(redis);
        closeOnceStarted(postgres);
        throw new EmbeddedServerException(reason(e), e.getCause());
      }
    }
  }

  private static void closeOnceStarted(CompletableFuture<? extends AutoCloseable> server) {
    try (AutoCloseable started = server.join()) {
      LOG.debug("Stopping {} because another server did not start", started);
    } catch (CompletionException e) {
      LOG.debug("One of the servers that did not start", e);
    } catch (Exception e) {
      LOG.warn("A server does not stop", e);
    }
  }

  private static String reason(CompletionException failure) {
    return failure.getCause() instanceof EmbeddedServerException known
        ? known.getMessage()
        : "An embedded server does not start";
  }
}
