package porteria.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The servers' programs, unpacked once per user from the archives on the class path. An entry
 * appears whole or not at all (it is renamed into place), so processes may share the cache.
 */
final class BinaryCache {
  private static final int EXECUTABLE_BIT = 0100;

  private final Path directory;

  private BinaryCache(Path directory) {
    this.directory = directory;
  }

  /** The cache of this user, or one in {@code fallback} for a user without a home. */
  static BinaryCache forUser(Path fallback) {
    Path home = Path.of(System.getProperty("user.home", "/"));
    return new BinaryCache(
        Files.isWritable(home) ? userCache(home) : fallback.resolve(".programs"));
  }

  /** A directory with the contents of the {@code .txz} archive {@code resource}. */
  Path archive(String resource) {
    return entry(resource, BinaryCache::unpack);
  }

  /** A directory with the program {@code resource} in it, executable, under {@code name}. */
  Path program(String resource, String name) {
    return entry(
        resource,
        (input, target) -> {
          Files.copy(input, target.resolve(name));
          makeExecutable(target.resolve(name));
        });
  }

  private static Path userCache(Path home) {
    String configured = System.getenv("XDG_CACHE_HOME");
    if (configured != null && !configured.isBlank()) {
      return Path.of(configured, "porteria");
    }
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    return home.resolve(mac ? "Library/Caches" : ".cache").resolve("porteria");
  }

  private Path entry(String resource, Unpacking unpacking) {
    URL url = BinaryCache.class.getResource("/" + resource);
    if (url == null) {
      throw new EmbeddedServerException(
          "No server program for this system: " + resource + " is not on the class path");
    }
    try {
      URLConnection connection = url.openConnection();
      Path entry = directory.resolve(resource + "-" + fingerprint(connection));
      if (!Files.isDirectory(entry)) {
        fill(entry, connection, unpacking);
      }
      return entry;
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot unpack " + resource + " in " + directory, e);
    }
  }

  /** Changes with the archive's contents; read from the jar's index, not from its megabytes. */
  private static String fingerprint(URLConnection connection) throws IOException {
    if (connection instanceof JarURLConnection jar) {
      return Long.toHexString(jar.getJarEntry().getCrc());
    }
    return Long.toString(connection.getContentLengthLong());
  }

  private static void fill(Path entry, URLConnection connection, Unpacking unpacking)
      throws IOException {
    Files.createDirectories(entry.getParent());
    Path unfinished = Files.createTempDirectory(entry.getParent(), ".unfinished");
    try {
      try (InputStream input = connection.getInputStream()) {
        unpacking.unpack(input, unfinished);
      }
      Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // Another process finished the same entry meanwhile; ours is as good and not needed.
      deleteUnfinished(unfinished);
    } catch (IOException e) {
      deleteUnfinished(unfinished);
      throw e;
    }
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry item = tar.getNextEntry(); item != null; item = tar.getNextEntry()) {
        unpack(tar, item, target);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry item, Path target)
      throws IOException {
    Path path = item.resolveIn(target);
    if (item.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (item.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(item.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    if ((item.getMode() & EXECUTABLE_BIT) != 0) {
      makeExecutable(path);
    }
  }

  private static void makeExecutable(Path path) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void deleteUnfinished(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @FunctionalInterface
  private interface Unpacking {
    void unpack(InputStream input, Path target) throws IOException;
  }
}
