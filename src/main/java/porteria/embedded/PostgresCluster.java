package porteria.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster on disk and the programs that make, start and stop it: what {@code initdb} and {@code
 * pg_ctl} do, with the settings of {@link PostgresConfiguration}.
 */
final class PostgresCluster {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(5);
  private static final String PID_FILE = "postmaster.pid";

  private final Path directory;
  private final Path cluster;
  private final Path log;
  private final Path programs;

  PostgresCluster(Path directory, BinaryCache binaries) {
    this.directory = directory;
    this.cluster = directory.resolve("cluster");
    this.log = directory.resolve("postgres.log");
    this.programs = binaries.archive(archiveName()).resolve("bin");
  }

  /** The cluster's directory, "PGDATA". */
  Path path() {
    return cluster;
  }

  /** The running server, told by the pid that it left in its own pid file. */
  Optional<ServerProcess> running() {
    return recordedPid().flatMap(pid -> ServerProcess.find(pid, "postgres", cluster));
  }

  /**
   * Makes the cluster unless there is one. It is made beside its place and moved there whole, so
   * that an interruption leaves nothing that looks like a cluster.
   */
  void createIfMissing(String superuserPassword) throws IOException {
    if (Files.exists(cluster.resolve("PG_VERSION"))) {
      return;
    }
    Path unfinished = directory.resolve("cluster.unfinished");
    deleteUnfinished(unfinished);
    Path passwordFile =
        Files.createTempFile(
            directory,
            ".superuser",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(passwordFile, superuserPassword + "\n");
      run(initdb(unfinished, passwordFile)).orThrow("Cannot create the PostgreSQL cluster");
    } finally {
      Files.delete(passwordFile);
    }
    Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Stops what a killed process left behind, so that the cluster can be started again. */
  void stopOrphan() throws IOException {
    Optional<ServerProcess> orphan = running();
    if (orphan.isPresent()) {
      LOG.info("Stopping the PostgreSQL that a killed process left behind");
      stop();
    }
    endLeftovers();
    if (running().isEmpty() && recordedPid().isPresent()) {
      // Stale: PostgreSQL itself would take any process with that number for its predecessor.
      Files.deleteIfExists(cluster.resolve(PID_FILE));
    }
  }

  /**
   * Starts the server and returns when it takes connections.
   *
   * @throws EmbeddedServerException with the server's last words when it does not start
   */
  void start(int port) throws IOException {
    Files.writeString(cluster.resolve("postgresql.conf"), PostgresConfiguration.text(port));
    keepPreviousLog();
    Command start = run(control("start", "-l", log.toString(), "-w", "-t", "60", "-s"));
    start.orThrow("PostgreSQL does not start on " + cluster + ": " + lastWords());
  }

  /** Stops the server: clients are cut off, transactions rolled back, everything written. */
  void stop() {
    Command fast = run(control("stop", "-m", "fast", "-w", "-t", "30", "-s"));
    if (!fast.succeeded() && running().isPresent()) {
      LOG.warn("PostgreSQL does not stop in time; it will recover at its next start");
      run(control("stop", "-m", "immediate", "-w", "-t", "10", "-s"))
          .orThrow("PostgreSQL does not stop");
    }
  }

  private List<String> initdb(Path target, Path passwordFile) {
    return List.of(
        programs.resolve("initdb").toString(),
        "--pgdata=" + target,
        "--username=" + PostgresServer.SUPERUSER,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions");
  }

  private List<String> control(String action, String... options) {
    List<String> line = new ArrayList<>();
    line.add(programs.resolve("pg_ctl").toString());
    line.add(action);
    line.addAll(List.of("-D", cluster.toString()));
    line.addAll(List.of(options));
    return line;
  }

  private Command run(List<String> line) {
    return Command.run(directory, LIMIT, Unprivileged.line(directory, line));
  }

  private Optional<Long> recordedPid() {
    try {
      return Files.readString(cluster.resolve(PID_FILE))
          .lines()
          .findFirst()
          .filter(line -> line.matches("[0-9]{1,18}"))
          .map(Long::valueOf);
    } catch (IOException e) {
      // No file, no server.
      return Optional.empty();
    }
  }

  /**
   * When the postmaster alone was killed, its children end by themselves as soon as they look up;
   * until then PostgreSQL refuses to start. They have the cluster as their working directory.
   */
  private void endLeftovers() {
    if (running().isPresent()) {
      return;
    }
    List<ServerProcess> leftovers =
        ProcessHandle.allProcesses()
            .filter(this::worksInCluster)
            .map(process -> new ServerProcess(process, this::worksInCluster))
            .toList();
    for (ServerProcess leftover : leftovers) {
      leftover.stop(LEFTOVER_PATIENCE);
    }
  }

  private boolean worksInCluster(ProcessHandle process) {
    if (process.info().command().filter(program -> program.endsWith("/postgres")).isEmpty()) {
      return false;
    }
    try {
      Path link = Path.of("/proc", Long.toString(process.pid()), "cwd");
      return Files.readSymbolicLink(link).equals(cluster);
    } catch (IOException | UnsupportedOperationException e) {
      // Gone, somebody else's, or a system without /proc: not known to be ours.
      return false;
    }
  }

  private void keepPreviousLog() throws IOException {
    if (Files.exists(log)) {
      Files.move(
          log, directory.resolve("postgres.previous.log"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String lastWords() throws IOException {
    return LogTail.of(log);
  }

  private static void deleteUnfinished(Path unfinished) throws IOException {
    if (!Files.exists(unfinished)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(unfinished)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static String archiveName() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    String system = os.startsWith("mac") ? "darwin" : "linux";
    boolean arm = machine.equals("aarch64") || machine.equals("arm64");
    return "postgres-" + system + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
  }
}
