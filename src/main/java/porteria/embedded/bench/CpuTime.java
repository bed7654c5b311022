package porteria.embedded.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time that processes have used, as Linux counts it: in hundredths of a second. */
final class CpuTime {

  private static final double TICKS_A_SECOND = 100;

  // Of /proc/<pid>/stat, counted from the state, which follows the name in parentheses.
  private static final int OWN_USER = 11;
  private static final int OWN_SYSTEM = 12;
  private static final int ENDED_USER = 13;
  private static final int ENDED_SYSTEM = 14;

  private CpuTime() {}

  /** Seconds used by a process itself. */
  static double of(long pid) {
    return sum(pid, OWN_USER, OWN_SYSTEM);
  }

  /** Seconds used by those children of a process that have ended. */
  static double ofEndedChildren(long pid) {
    return sum(pid, ENDED_USER, ENDED_SYSTEM);
  }

  /** Seconds used by a process and all it ever started, such as a PostgreSQL with its backends. */
  static double ofFamily(long pid) {
    double children =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToDouble(child -> of(child.pid()))
            .sum();
    return of(pid) + ofEndedChildren(pid) + children;
  }

  private static double sum(long pid, int... fields) {
    List<String> values = stat(pid);
    double ticks = 0;
    for (int field : fields) {
      ticks += values.isEmpty() ? 0 : Long.parseLong(values.get(field));
    }
    return ticks / TICKS_A_SECOND;
  }

  private static List<String> stat(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String line = Files.readString(stat);
      return List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" "));
    } catch (IOException e) {
      if (Files.notExists(stat)) {
        // It ended, perhaps while it was read; or this is not Linux.
        return List.of();
      }
      throw new UncheckedIOException(e);
    }
  }
}
