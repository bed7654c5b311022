package porteria.embedded.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Memory that a process holds in RAM, looked at twice a second, in MiB. */
final class ResidentMemory implements AutoCloseable {

  private static final long EVERY_MILLIS = 500;
  private static final double KIB_A_MIB = 1024;

  private final long pid;
  private final List<Double> seen = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private final ScheduledFuture<?> looks;

  private ResidentMemory(long pid) {
    this.pid = pid;
    look();
    looks = timer.scheduleAtFixedRate(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  static ResidentMemory watch(long pid) {
    return new ResidentMemory(pid);
  }

  /** The most it held since it began, watched or not. */
  double peak() {
    return read(pid, "VmHWM");
  }

  double median() {
    List<Double> sorted = seen.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  @Override
  public void close() {
    looks.cancel(true);
    timer.shutdownNow();
  }

  private void look() {
    seen.add(read(pid, "VmRSS"));
  }

  /** Of /proc/pid/status, see proc(5). */
  private static double read(long pid, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_A_MIB)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
