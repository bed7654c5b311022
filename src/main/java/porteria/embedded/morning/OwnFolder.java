package porteria.embedded.morning;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A data directory that may be emptied: what is not a demonstration's is never touched. */
final class OwnFolder {
  private OwnFolder() {}

  /**
   * Makes it anew, empty.
   *
   * @throws IOException when it holds what no demonstration left, when a server runs on it, or when
   *     it cannot be emptied
   */
  static Path fresh(Path directory) throws IOException {
    Path folder = directory.toAbsolutePath().normalize();
    if (Files.exists(folder) && !isEmpty(folder)) {
      if (!Files.exists(folder.resolve("demo.json"))) {
        throw new IOException(folder + " is not empty and holds no demo.json: it is left alone");
      }
      refuseWhenInUse(folder.resolve(".lock"));
      delete(folder);
    }
    return Files.createDirectories(folder);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** The server holds this file locked while it runs. */
  private static void refuseWhenInUse(Path lock) throws IOException {
    if (Files.exists(lock)) {
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        if (channel.tryLock() == null) {
          throw new IOException(lock.getParent() + " is in use: stop its server first");
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> entries = Files.walk(folder)) {
      all = entries.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
