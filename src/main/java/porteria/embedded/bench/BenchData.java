package porteria.embedded.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import porteria.embedded.DataDirectory;

/** A data directory of this run alone, gone with it. */
final class BenchData implements AutoCloseable {

  private final Path path;
  private final DataDirectory directory;

  private BenchData(Path path, DataDirectory directory) {
    this.path = path;
    this.directory = directory;
  }

  /** Makes one, under a name of its own, in {@code parent}. */
  static BenchData make(Path parent) throws IOException {
    Path path = Files.createTempDirectory(Files.createDirectories(parent), "run-");
    return new BenchData(path, DataDirectory.open(path));
  }

  DataDirectory directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    directory.close();
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(path)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }
}
