package porteria.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds the servers' data, locked for this process from {@link #open} to {@link
 * #close}. The operating system drops the lock when the process dies, however it dies.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK_FILE = ".lock";
  private static final int PID_LENGTH_LIMIT = 20;

  /**
   * Directories held by this very process. File locks belong to the whole process, and closing any
   * channel on the file would drop them, so a second opening must be refused before it touches it.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final FileChannel lockChannel;

  private DataDirectory(Path path, FileChannel lockChannel) {
    this.path = path;
    this.lockChannel = lockChannel;
  }

  /**
   * Creates the directory where it is missing, readable by its owner alone, and locks it.
   *
   * @throws EmbeddedServerException when another process, or another part of this one, holds it, or
   *     when it cannot be created
   */
  public static DataDirectory open(Path path) {
    try {
      Path real = createPrivate(path).toRealPath();
      synchronized (HELD) {
        if (HELD.contains(real)) {
          throw inUse(real, Long.toString(ProcessHandle.current().pid()));
        }
        DataDirectory directory = new DataDirectory(real, lock(real));
        HELD.add(real);
        return directory;
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot use the data directory " + path, e);
    }
  }

  /** The directory itself: absolute, without symbolic links. */
  public Path path() {
    return path;
  }

  /** A subdirectory, created where it is missing and readable by its owner alone. */
  Path subdirectory(String name) {
    try {
      return createPrivate(path.resolve(name));
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot create " + path.resolve(name), e);
    }
  }

  /** Gives the directory back. Its contents stay. */
  @Override
  public void close() {
    synchronized (HELD) {
      HELD.remove(path);
      try {
        lockChannel.close();
      } catch (IOException e) {
        throw new EmbeddedServerException("Cannot unlock the data directory " + path, e);
      }
    }
  }

  private static Path createPrivate(Path path) throws IOException {
    return Files.createDirectories(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK_FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      if (!locked) {
        throw inUse(directory, holder(channel));
      }
      writeHolder(channel);
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static void writeHolder(FileChannel channel) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static @Nullable String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(PID_LENGTH_LIMIT);
    channel.read(pid, 0);
    String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
    return text.isEmpty() ? null : text;
  }

  private static EmbeddedServerException inUse(Path directory, @Nullable String holder) {
    String who = holder == null ? "another process" : "process " + holder;
    return new EmbeddedServerException(
        "The data directory "
            + directory
            + " is in use by "
            + who
            + ". Stop that one first, or give this one a data directory of its own.");
  }
}
