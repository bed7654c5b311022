package porteria.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 server of our own, on loopback, inside this process, with a file per object. It checks
 * signatures as S3 does. All methods block.
 */
public final class S3Server implements AutoCloseable {
  /** The region to sign for. */
  public static final String REGION = "us-east-1";

  private static final Logger LOG = LoggerFactory.getLogger(S3Server.class);
  private static final int THREADS = 16;
  private static final long STOP_TIMEOUT_MILLIS = 2_000;

  private final S3Proxy proxy;
  private final BlobStore store;
  private final S3Access access;

  private S3Server(S3Proxy proxy, BlobStore store, S3Access access) {
    this.proxy = proxy;
    this.store = store;
    this.access = access;
  }

  /**
   * Starts the server on the files below {@code directory} and makes the bucket where it is
   * missing.
   *
   * @throws EmbeddedServerException when it does not start, for instance because the port is taken
   */
  public static S3Server start(DataDirectory data, S3Settings settings) {
    Path directory = data.subdirectory("s3");
    BlobStore store = openStore(directory);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store)
            .awsAuthentication(
                AuthenticationType.AWS_V2_OR_V4, settings.accessKey(), settings.secretKey())
            .endpoint(URI.create("http://" + Loopback.HOST + ":" + settings.port()))
            .corsRules(pagesOnThisMachine())
            .jettyMaxThreads(THREADS)
            .stopTimeout(STOP_TIMEOUT_MILLIS)
            .build();
    try {
      if (!store.containerExists(settings.bucket())) {
        store.createContainer(settings.bucket());
      }
      proxy.start();
    } catch (Exception e) {
      closeAfter(e, store);
      throw new EmbeddedServerException(
          "The S3 server does not start in " + directory + " on port " + settings.port(), e);
    }
    S3Access access = access(proxy.getPort(), settings);
    LOG.info("The S3 server is ready at {}", access);
    return new S3Server(proxy, store, access);
  }

  /** The way in. */
  public S3Access access() {
    return access;
  }

  /** Stops the server. The files stay. */
  @Override
  public void close() {
    try (store) {
      proxy.stop();
    } catch (Exception e) {
      throw new EmbeddedServerException("The S3 server does not stop", e);
    }
  }

  private static BlobStore openStore(Path directory) {
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", directory.toString());
    return BlobStores.create("filesystem-nio2", properties);
  }

  /** Browsers on this machine upload to it from pages of another port. */
  private static CrossOriginResourceSharing pagesOnThisMachine() {
    return new CrossOriginResourceSharing(
        List.of("https?://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?"),
        List.of("GET", "HEAD", "PUT"),
        List.of("*"),
        List.of("ETag"),
        "");
  }

  private static S3Access access(int port, S3Settings settings) {
    return new S3Access(
        URI.create("http://" + Loopback.HOST + ":" + port),
        REGION,
        settings.bucket(),
        settings.accessKey(),
        settings.secretKey());
  }

  private static void closeAfter(Exception failure, BlobStore store) {
    try {
      store.close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
