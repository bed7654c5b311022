package porteria.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who listens where on this machine, as Linux tells it in {@code /proc/net}. */
final class Listeners {
  private static final String LISTENING = "0A";

  private Listeners() {}

  /** The addresses, in the kernel's hexadecimal, on which somebody listens at {@code port}. */
  static List<String> addressesAt(int port) throws IOException {
    return Stream.concat(
            Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
            Files.readAllLines(Path.of("/proc/net/tcp6")).stream())
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[3].equals(LISTENING))
        .map(fields -> fields[1].split(":"))
        .filter(local -> local[1].equals(String.format(Locale.ROOT, "%04X", port)))
        .map(local -> local[0])
        .toList();
  }
}
