package porteria.embedded.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import porteria.embedded.DataDirectory;
import porteria.embedded.PostgresServer;
import porteria.embedded.PostgresSettings;
import porteria.embedded.RedisServer;
import porteria.embedded.RedisSettings;
import porteria.embedded.bench.BenchOptions.Part;

/**
 * {@code make bench}: measures accepted scans a second beside two uses of pgbench, the daily check
 * for missing pupils beside plainer ways to it, the sending of messages beside what pgbench makes
 * of their rows, what a backlog uses of an account's allowance, and a broadcast to everybody,
 * prints tables and leaves them in {@code target/bench}, with the figures of each round.
 *
 * <p>Environment: {@code BENCH_ONLY} ({@code scans}, {@code no-shows}, {@code sending}, {@code
 * allowance} or {@code broadcast}) measures one of them; {@code BENCH_ROUNDS} and {@code
 * BENCH_SECONDS} (5 each) set how much is measured, {@code BENCH_PEOPLE} (27500) whom a broadcast
 * goes to and {@code BENCH_PER_SECOND} (400) at how many messages a second; {@code
 * BENCH_JAVA_OPTIONS} is added to the flags of the server, to profile it. The exit code is 0 when
 * the limits are reached, 1 when they are missed or the run proves nothing, 2 when something it
 * needs is missing.
 */
public final class ScanBench {

  private static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();

  private final BenchOptions options;
  private final List<String> flags;
  private final Programs programs;
  private final PrintStream out;
  private final Closing closing = new Closing();
  private final BenchSecrets secrets = BenchSecrets.make();
  private final BenchSchool school = BenchSchool.make();

  /** So that memory is bounded as a small container's would be. */
  private static final String BROADCAST_HEAP = "-Xmx256m";

  /** What was measured of sending. */
  private record Told(
      Optional<SendingResult> sending,
      Optional<AllowanceResult> allowance,
      Optional<BroadcastResult> broadcast) {

    private Told with(Optional<BroadcastResult> told) {
      return new Told(sending, allowance, told);
    }

    private boolean isGood() {
      return sending.map(SendingResult::isGood).orElse(true)
          && allowance.map(AllowanceResult::isGood).orElse(true)
          && broadcast.map(BroadcastResult::isGood).orElse(true);
    }
  }

  private ScanBench(Map<String, String> env, Programs programs, PrintStream out) {
    this.options = BenchOptions.from(env);
    this.flags =
        Stream.of(env.getOrDefault("BENCH_JAVA_OPTIONS", "").split(" "))
            .filter(flag -> !flag.isEmpty())
            .toList();
    this.programs = programs;
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    System.exit(run(System.getenv(), System.out));
  }

  private static int run(Map<String, String> env, PrintStream out) throws Exception {
    Programs programs = new Programs(env);
    ScanBench bench;
    try {
      bench = new ScanBench(env, programs, out);
    } catch (IllegalArgumentException wrong) {
      out.println(wrong.getMessage());
      return 2;
    }
    Optional<String> missing = programs.missing();
    if (bench.options.needsPrograms() && missing.isPresent()) {
      out.println(missing.get());
      return 2;
    }
    // The one way out, for the end and for an interruption.
    Runtime.getRuntime().addShutdownHook(new Thread(bench.closing::close, "shutdown"));
    try {
      return bench.compare() ? 0 : 1;
    } catch (IllegalStateException invalid) {
      out.println(invalid.getMessage());
      return 1;
    }
  }

  /** Whether all limits are reached. */
  private boolean compare() throws IOException, InterruptedException, SQLException {
    Files.createDirectories(DIRECTORY);
    closing.add(programs);
    DataDirectory data = closing.add(BenchData.make(DIRECTORY.resolve("data"))).directory();
    PostgresServer postgres =
        closing.add(
            PostgresServer.start(
                data, new PostgresSettings(0, secrets.superuser(), secrets.owner())));
    BenchDatabase database = closing.add(BenchDatabase.open(postgres));
    RedisServer redis = closing.add(RedisServer.start(data, new RedisSettings(0, secrets.redis())));
    ServerUnderTest ours =
        new ServerUnderTest(DIRECTORY, postgres.owner(), redis.access(), secrets, flags);
    JavaProcess server = closing.add(ours.recording());
    // The schema is there once it listens.
    int port = server.port();
    database.prepare(school, secrets);
    Optional<Comparison> scans =
        options.measures(Part.SCANS)
            ? Optional.of(compareScans(postgres, database, server, port))
            : Optional.empty();
    // It would run the check itself.
    server.close();
    Optional<NoShowResult> noShows =
        options.measures(Part.NO_SHOWS) ? Optional.of(findMissing(postgres)) : Optional.empty();
    Told told =
        options.measures(Part.SENDING) || options.measures(Part.ALLOWANCE)
            ? tell(postgres, database, ours)
            : new Told(Optional.empty(), Optional.empty(), Optional.empty());
    if (options.measures(Part.BROADCAST)) {
      told = told.with(Optional.of(tellEverybody(postgres, ours.with(BROADCAST_HEAP))));
    }
    report(scans, noShows, told);
    return scans.map(Comparison::isGood).orElse(true)
        && noShows.map(NoShowResult::isGood).orElse(true)
        && told.isGood();
  }

  private Comparison compareScans(
      PostgresServer postgres, BenchDatabase database, JavaProcess server, int port)
      throws IOException, InterruptedException, SQLException {
    PgBench pgbench =
        new PgBench(programs, postgres.owner().as("porteria_worker", secrets.worker()));
    Contender ours = OurServer.prepare(programs, port, school, DIRECTORY);
    List<Contender> contenders =
        List.of(
            PlainInserts.transaction(pgbench, school, DIRECTORY),
            PlainInserts.folded(pgbench, school, DIRECTORY),
            OneByOne.prepare(pgbench, school, DIRECTORY),
            ours);
    Rounds rounds = new Rounds(database, server.pid(), options, out);
    rounds.warmUp(ours);
    return new Comparison(machine(database), contenders, rounds.run(contenders));
  }

  private NoShowResult findMissing(PostgresServer postgres) throws SQLException {
    try (Connection superuser =
            postgres.superuser().onDatabase(postgres.owner().database()).connect();
        Connection worker = postgres.owner().as("porteria_worker", secrets.worker()).connect()) {
      return new NoShowBench(superuser, worker, out).run(options.rounds());
    }
  }

  private Told tell(PostgresServer postgres, BenchDatabase database, ServerUnderTest ours)
      throws IOException, InterruptedException, SQLException {
    // Nothing of what was measured before is told now.
    database.clear();
    JavaProcess process =
        closing.add(
            JavaProcess.start(
                InstantProvider.class.getName(),
                List.of(),
                Map.of(),
                DIRECTORY.resolve("provider.log")));
    Provider provider = Provider.on(process.port());
    try (Connection superuser =
        postgres.superuser().onDatabase(postgres.owner().database()).connect()) {
      FullOutbox outbox = new FullOutbox(superuser, school, FullOutbox.OURS);
      outbox.writeFamilies();
      Optional<SendingResult> sending =
          options.measures(Part.SENDING)
              ? Optional.of(send(postgres, database, ours, outbox, process))
              : Optional.empty();
      Optional<AllowanceResult> allowance =
          options.measures(Part.ALLOWANCE)
              ? Optional.of(
                  new AllowanceBench(
                          outbox,
                          provider,
                          node ->
                              closing
                                  .add(
                                      ours.allowed(
                                          "allowed-" + node,
                                          process.port(),
                                          AllowanceBench.PER_SECOND))
                                  .port(),
                          out)
                      .run())
              : Optional.empty();
      return new Told(sending, allowance, Optional.empty());
    }
  }

  private SendingResult send(
      PostgresServer postgres,
      BenchDatabase database,
      ServerUnderTest ours,
      FullOutbox outbox,
      JavaProcess provider)
      throws IOException, InterruptedException, SQLException {
    PgBench pgbench =
        new PgBench(programs, postgres.owner().as("porteria_worker", secrets.worker()));
    try (JavaProcess server =
            closing.add(ours.sending(provider.port(), SendingBench.INSTANCES, SendingBench.CALLS));
        SteadyScans scans = new SteadyScans(school, server.port())) {
      return new SendingBench(
              outbox,
              outbox.copy(),
              BatchedClaims.prepare(pgbench, school, DIRECTORY),
              Provider.on(provider.port()),
              scans,
              new SendingBench.Processes(server.pid(), database.pid(), provider.pid()),
              out)
          .run(options.rounds());
    }
  }

  private BroadcastResult tellEverybody(PostgresServer postgres, ServerUnderTest ours)
      throws IOException, InterruptedException, SQLException {
    JavaProcess provider =
        closing.add(
            JavaProcess.start(
                SimulatedProvider.class.getName(),
                List.of(),
                SimulatedProvider.environment(secrets.metrics(), options.perSecond()),
                DIRECTORY.resolve("simulator.log")));
    int port = provider.port();
    try (Connection superuser =
        postgres.superuser().onDatabase(postgres.owner().database()).connect()) {
      BroadcastFamilies families = new BroadcastFamilies(superuser, school, options.people());
      families.write(secrets.metrics());
      return new BroadcastBench(
              families,
              SimulatorInbox.on(port),
              secrets.metrics(),
              options.perSecond(),
              number -> closing.add(ours.allowed("broadcast-" + number, port, options.perSecond())),
              out)
          .run();
    }
  }

  private void report(Optional<Comparison> scans, Optional<NoShowResult> noShows, Told told)
      throws IOException {
    String table =
        Stream.of(
                scans.map(Comparison::toMarkdown),
                noShows.map(NoShowResult::toMarkdown),
                told.sending.map(SendingResult::toMarkdown),
                told.allowance.map(AllowanceResult::toMarkdown),
                told.broadcast.map(BroadcastResult::toMarkdown))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n"));
    JsonObject json = scans.map(Comparison::toJson).orElseGet(JsonObject::new);
    noShows.ifPresent(result -> json.put("no_shows", result.toJson()));
    told.sending.ifPresent(result -> json.put("sending", result.toJson()));
    told.allowance.ifPresent(result -> json.put("allowance", result.toJson()));
    told.broadcast.ifPresent(result -> json.put("broadcast", result.toJson()));
    Files.writeString(DIRECTORY.resolve("bench.md"), table);
    Files.writeString(DIRECTORY.resolve("bench.json"), json.encodePrettily() + "\n");
    out.printf("%n%s%nAlso in %s%n", table, DIRECTORY);
  }

  private String machine(BenchDatabase database) throws SQLException {
    return """
        %d processors, %s %s, Java %s, %s (fsync, synchronous_commit, full_page_writes on); \
        %d s a turn; server %s, after 45 s of load\
        """
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name", ""),
            System.getProperty("os.arch", ""),
            Runtime.version().feature(),
            database.version(),
            options.seconds(),
            String.join(" ", JavaProcess.FLAGS));
  }
}
