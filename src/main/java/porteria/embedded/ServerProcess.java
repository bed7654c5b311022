package porteria.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A server's process and the test that tells it from others: a pid from a file may since have gone
 * to a stranger, so a process is touched only while it passes. The test must fail for a process
 * that has ended and waits for its parent, as one that asks for a command line does.
 */
record ServerProcess(ProcessHandle handle, Predicate<ProcessHandle> identity) {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /** The process {@code pid}, if it runs {@code program} with {@code argument}; else empty. */
  static Optional<ServerProcess> find(long pid, String program, Path argument) {
    return ProcessHandle.of(pid)
        .map(handle -> of(handle, program, argument))
        .filter(ServerProcess::isRunning);
  }

  /** A process just started, which is known to run {@code program} with {@code argument}. */
  static ServerProcess of(ProcessHandle handle, String program, Path argument) {
    return new ServerProcess(handle, process -> runs(process.info(), program, argument));
  }

  /** Whether it still runs and still is the one that was meant. */
  boolean isRunning() {
    return handle.isAlive() && identity.test(handle);
  }

  /** Asks it to end (SIGTERM), and after {@code patience} ends it (SIGKILL). */
  void stop(Duration patience) {
    handle.destroy();
    if (!awaitExit(patience)) {
      handle.destroyForcibly();
      awaitExit(patience);
    }
  }

  /** Waits until it has ended; {@code false} when it still runs after {@code patience}. */
  boolean awaitExit(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (isRunning()) {
      if (System.nanoTime() > deadline || exitsWithin(LOOK_AGAIN)) {
        return !isRunning();
      }
    }
    return true;
  }

  private boolean exitsWithin(Duration time) {
    try {
      handle.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new EmbeddedServerException("Cannot wait for the end of process " + handle.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException(
          "Interrupted while waiting for the end of process " + handle.pid(), e);
    }
  }

  private static boolean runs(ProcessHandle.Info info, String program, Path argument) {
    return info.commandLine().filter(line -> line.contains(program)).isPresent()
        && info.arguments()
            .filter(arguments -> Arrays.asList(arguments).contains(argument.toString()))
            .isPresent();
  }
}
