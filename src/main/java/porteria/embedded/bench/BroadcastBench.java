package porteria.embedded.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A broadcast to everybody: how long it takes beside what its account allows, what it does to the
 * alerts of those who scan meanwhile, what memory it needs; and a second one, whose server is
 * killed in the middle: whom it reached.
 */
final class BroadcastBench {

  /** Pupils who scan a second, steadily, with a broadcast and without. */
  static final int SCANS_A_SECOND = 20;

  /** More, so that the server has compiled what it needs for alerts. */
  private static final int WARM_UP_SCANS_A_SECOND = 200;

  private static final int WARM_UP_SECONDS = 8;
  private static final int SECONDS_WITHOUT = 30;
  private static final double PART_WITH_SCANS = 0.9;
  private static final int LIMIT_SECONDS = 300;
  private static final int ARRIVAL_SECONDS = 20;

  private final BroadcastFamilies families;
  private final SimulatorInbox inbox;
  private final String password;
  private final int perSecond;
  private final Servers servers;
  private final PrintStream out;

  /** Starts a server whose account is allowed what is measured. */
  interface Servers {
    JavaProcess start(int number) throws IOException;
  }

  BroadcastBench(
      BroadcastFamilies families,
      SimulatorInbox inbox,
      String password,
      int perSecond,
      Servers servers,
      PrintStream out) {
    this.families = families;
    this.inbox = inbox;
    this.password = password;
    this.perSecond = perSecond;
    this.servers = servers;
    this.out = out;
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException when it does not come to its end, or an alert is lost
   */
  BroadcastResult run() throws IOException, InterruptedException, SQLException {
    BroadcastResult.Undisturbed undisturbed;
    BroadcastResult.Killed killed;
    try (JavaProcess first = servers.start(1)) {
      Director director = Director.at(first.port(), password);
      try (SteadyScans scans = new SteadyScans(families.school(), first.port())) {
        alerts(scans.run(WARM_UP_SECONDS, WARM_UP_SCANS_A_SECOND));
        undisturbed = undisturbed(director, scans, first);
      }
      killed = killed(director, first);
    }
    return new BroadcastResult(families.people(), perSecond, undisturbed, killed);
  }

  private BroadcastResult.Undisturbed undisturbed(
      Director director, SteadyScans scans, JavaProcess server)
      throws IOException, InterruptedException, SQLException {
    List<Double> without;
    double idle;
    try (ResidentMemory memory = ResidentMemory.watch(server.pid())) {
      without = alerts(scans.run(SECONDS_WITHOUT, SCANS_A_SECOND));
      idle = memory.median();
    }
    try (ResidentMemory memory = ResidentMemory.watch(server.pid())) {
      Instant asked = Instant.now();
      Director.Frozen frozen = preview(director, day(2));
      double preview = seconds(asked, Instant.now());
      Instant begun = Instant.now();
      director.send(frozen);
      int seconds = (int) Math.max(1, PART_WITH_SCANS * families.people() / perSecond);
      Map<Long, Long> sent = scans.run(seconds, SCANS_A_SECOND);
      awaitMessages(frozen.recipients() + sent.size());
      awaitEnd(director, frozen, server);
      List<SimulatorInbox.Letter> letters = inbox.letters();
      BroadcastResult.Memory held =
          new BroadcastResult.Memory(idle, memory.median(), memory.peak());
      BroadcastResult.Undisturbed result =
          new BroadcastResult.Undisturbed(
              preview,
              pace(letters, begun),
              without,
              alerts(sent),
              held,
              BroadcastResult.Reach.of(families.recipients(frozen), letters));
      out.printf("broadcast, undisturbed: %s%n", result.pace());
      return result;
    }
  }

  private BroadcastResult.Pace pace(List<SimulatorInbox.Letter> letters, Instant begun) {
    Instant last =
        letters.stream()
            .filter(SimulatorInbox.Letter::ofBroadcast)
            .map(SimulatorInbox.Letter::at)
            .max(Instant::compareTo)
            .orElseThrow();
    long beside =
        letters.stream()
            .filter(letter -> !letter.ofBroadcast() && !letter.at().isAfter(last))
            .count();
    return new BroadcastResult.Pace(
        seconds(begun, last),
        (families.people() + beside) / (double) perSecond,
        beside,
        letters.stream()
            .collect(
                Collectors.groupingBy(
                    letter -> Duration.between(begun, letter.at()).toSeconds(),
                    TreeMap::new,
                    Collectors.counting()))
            .values()
            .stream()
            .toList());
  }

  private BroadcastResult.Killed killed(Director director, JavaProcess first)
      throws IOException, InterruptedException, SQLException {
    Director.Frozen frozen = preview(director, day(3));
    inbox.empty();
    director.send(frozen);
    awaitMessages(frozen.recipients() / 2);
    first.kill();
    int before = inbox.count();
    Set<UUID> inDoubt = families.underWay(frozen);
    out.printf("broadcast, killed: %,d told, %,d under way%n", before, inDoubt.size());
    try (JavaProcess second = servers.start(2)) {
      Director again = Director.at(second.port(), password);
      awaitMessages(frozen.recipients() - inDoubt.size());
      awaitEnd(again, frozen, second);
    }
    List<SimulatorInbox.Letter> letters = inbox.letters();
    Set<UUID> once = new HashSet<>();
    Set<UUID> twice = new HashSet<>();
    letters.forEach(
        letter -> {
          if (!once.add(letter.notification())) {
            twice.add(letter.notification());
          }
        });
    int doubted = (int) twice.stream().filter(inDoubt::contains).count();
    return new BroadcastResult.Killed(
        before,
        inDoubt.size(),
        doubted,
        BroadcastResult.Reach.of(families.recipients(frozen), letters));
  }

  private Director.Frozen preview(Director director, LocalDate day)
      throws IOException, InterruptedException {
    Director.Frozen frozen = director.preview(day);
    if (frozen.recipients() != families.people()) {
      throw new IllegalStateException(
          "a broadcast goes to %,d instead of %,d"
              .formatted(frozen.recipients(), families.people()));
    }
    return frozen;
  }

  /** From each scan's sending to its alert's arrival, in milliseconds; empties the inbox. */
  private List<Double> alerts(Map<Long, Long> sent)
      throws IOException, InterruptedException, SQLException {
    Instant limit = Instant.now().plusSeconds(ARRIVAL_SECONDS);
    Map<Long, Double> delays = delays(sent);
    while (delays.size() < sent.size()) {
      pause(limit);
      delays = delays(sent);
    }
    inbox.empty();
    return List.copyOf(delays.values());
  }

  private Map<Long, Double> delays(Map<Long, Long> sent)
      throws IOException, InterruptedException, SQLException {
    Map<UUID, Long> scans = families.scans();
    Map<Long, Double> delays = new HashMap<>();
    for (SimulatorInbox.Letter letter : inbox.letters()) {
      Long scan = scans.get(letter.notification());
      Long begun = scan == null ? null : sent.get(scan);
      if (scan != null && begun != null) {
        double delay = (ChronoUnit.MICROS.between(Instant.EPOCH, letter.at()) - begun) / 1e3;
        delays.merge(scan, delay, Math::min);
      }
    }
    return delays;
  }

  private void awaitMessages(int messages) throws IOException, InterruptedException, SQLException {
    Instant limit = Instant.now().plusSeconds(LIMIT_SECONDS);
    while (inbox.count() < messages) {
      pause(limit);
    }
  }

  /** Asked when all have arrived: counting for whoever asks costs the server something, too. */
  private void awaitEnd(Director director, Director.Frozen frozen, JavaProcess server)
      throws InterruptedException, SQLException {
    Instant limit = Instant.now().plusSeconds(LIMIT_SECONDS);
    while (!hasEnded(director, frozen, server)) {
      pause(limit);
    }
  }

  /** A server that does not answer is asked again, as long as it is there. */
  private boolean hasEnded(Director director, Director.Frozen frozen, JavaProcess server)
      throws InterruptedException {
    try {
      return director.hasEnded(frozen);
    } catch (IOException unanswered) {
      server.mustRun(unanswered);
      out.printf("broadcast: asked again after %s%n", unanswered);
      return false;
    }
  }

  private void pause(Instant limit) throws SQLException {
    if (Instant.now().isAfter(limit)) {
      throw new IllegalStateException("not all was told in time: see broadcast-1.log and -2.log");
    }
    families.pause();
  }

  /** Not past, wherever the school is. */
  private static LocalDate day(int ahead) {
    return LocalDate.now(ZoneOffset.UTC).plusDays(ahead);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
