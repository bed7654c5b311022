package porteria.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The files of the embedded Redis, in its directory. */
record RedisFiles(Path directory) {

  Path configuration() {
    return directory.resolve("redis.conf");
  }

  Path log() {
    return directory.resolve("redis.log");
  }

  /** Written by Redis itself once it listens, removed by it at an orderly end. */
  private Path pidFile() {
    return directory.resolve("redis.pid");
  }

  /** Writes {@code redis.conf}, for its owner's eyes only: the password is in it. */
  void writeConfiguration(RedisAccess access) throws IOException {
    Path fresh =
        Files.createTempFile(
            directory,
            ".redis",
            ".conf",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, configurationText(access));
    Files.move(fresh, configuration(), StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<Long> recordedPid() throws IOException {
    try {
      String pid = Files.readString(pidFile()).strip();
      return pid.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(pid)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void forgetPid() throws IOException {
    Files.deleteIfExists(pidFile());
  }

  void keepPreviousLog() throws IOException {
    if (Files.exists(log())) {
      Path previous = directory.resolve("redis.previous.log");
      Files.move(log(), previous, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String configurationText(RedisAccess access) {
    return """
    # Written anew at each start: edits do not last.
    bind %s
    port %d
    requirepass %s
    dir "%s"
    pidfile "%s"
    # The next start tells this process by its command line.
    set-proc-title no
    appendonly yes
    appendfsync everysec
    save ""
    maxmemory 64mb
    # Everything here may be forgotten.
    maxmemory-policy allkeys-lru
    """
        .formatted(access.host(), access.port(), access.password(), directory, pidFile());
  }
}
