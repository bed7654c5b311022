package porteria.embedded.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * How fast a full outbox is sent, beside pgbench that only claims and completes the same rows; and
 * how long after a scan the provider has the message. They take turns in each round.
 */
final class SendingBench {

  /** Calls under way at once, so that the provider's answers are not what is waited for. */
  static final int CALLS = 1_024;

  /** Senders beside each other, as many as the processors that this was tuned on. */
  static final int INSTANCES = 2;

  /** Compilers of the server need some drains before it is as fast as it gets. */
  private static final int WARM_UP_DRAINS = 3;

  private static final int SCAN_SECONDS = 15;
  private static final int DRAIN_SECONDS = 300;
  private static final int ARRIVAL_SECONDS = 20;

  private final FullOutbox outbox;
  private final FullOutbox copy;
  private final BatchedClaims claims;
  private final Provider provider;
  private final SteadyScans scans;
  private final Processes processes;
  private final PrintStream out;

  /** Whose processor time is counted, by their ids. */
  record Processes(long server, long postgres, long provider) {}

  SendingBench(
      FullOutbox outbox,
      FullOutbox copy,
      BatchedClaims claims,
      Provider provider,
      SteadyScans scans,
      Processes processes,
      PrintStream out) {
    this.outbox = outbox;
    this.copy = copy;
    this.claims = claims;
    this.provider = provider;
    this.scans = scans;
    this.processes = processes;
    this.out = out;
  }

  /**
   * Measures.
   *
   * @throws IllegalStateException when a message is lost, sent twice or not written as sent
   */
  SendingResult run(int rounds) throws IOException, InterruptedException, SQLException {
    warmUp();
    List<SendingResult.Round> measured = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      SendingResult.Drain ours;
      SendingResult.Drain bare;
      // Neither always follows the other.
      if (round % 2 == 1) {
        bare = claimAndComplete();
        ours = drain();
      } else {
        ours = drain();
        bare = claimAndComplete();
      }
      print("round " + round, "pgbench", bare);
      print("round " + round, "ours", ours);
      List<Double> delays = delays();
      SendingResult.Round result = new SendingResult.Round(bare, ours, delays);
      out.printf(
          "sending %-8s scan to provider p50 %.1f ms, p99 %.1f ms%n",
          "round " + round, result.delay(50), result.delay(99));
      measured.add(result);
    }
    return new SendingResult(measured);
  }

  /** Gently first: a cold server that is flooded lets calls time out, as it should. */
  private void warmUp() throws IOException, InterruptedException, SQLException {
    delays();
    for (int i = 0; i < WARM_UP_DRAINS; i++) {
      print("warm-up", "ours", empty());
    }
  }

  private SendingResult.Drain claimAndComplete()
      throws IOException, InterruptedException, SQLException {
    copy.load();
    copy.open();
    SendingResult.Cpu before = cpu();
    double seconds = claims.drain();
    SendingResult.Cpu used = cpu().since(before);
    copy.requireSent();
    return new SendingResult.Drain(seconds, used);
  }

  private SendingResult.Drain drain() throws IOException, InterruptedException, SQLException {
    SendingResult.Drain drain = empty();
    outbox.requireSent();
    return drain;
  }

  private SendingResult.Drain empty() throws IOException, InterruptedException, SQLException {
    provider.forget();
    outbox.load();
    SendingResult.Cpu before = cpu();
    outbox.open();
    Instant limit = Instant.now().plusSeconds(DRAIN_SECONDS);
    awaitMessages(FullOutbox.MESSAGES, limit);
    while (outbox.waits()) {
      pause(limit);
    }
    long ended = micros();
    SendingResult.Cpu used = cpu().since(before);
    long begun =
        provider.received().values().stream().mapToLong(Long::longValue).min().orElseThrow();
    return new SendingResult.Drain((ended - begun) / 1e6, used);
  }

  /** From each scan's sending to its message's arrival, in milliseconds. */
  private List<Double> delays() throws IOException, InterruptedException, SQLException {
    outbox.empty();
    provider.forget();
    Map<Long, Long> sent = scans.run(SCAN_SECONDS);
    awaitMessages(sent.size(), Instant.now().plusSeconds(ARRIVAL_SECONDS));
    Map<UUID, Long> received = provider.received();
    List<Double> delays = new ArrayList<>(sent.size());
    outbox
        .scans()
        .forEach(
            (notification, scan) ->
                delays.add(
                    (Objects.requireNonNull(received.get(notification))
                            - Objects.requireNonNull(sent.get(scan)))
                        / 1e3));
    if (delays.size() != sent.size()) {
      throw new IllegalStateException(
          "%,d scans were told by %,d messages".formatted(sent.size(), delays.size()));
    }
    return delays;
  }

  private void awaitMessages(int messages, Instant limit)
      throws IOException, InterruptedException, SQLException {
    while (provider.count() < messages) {
      pause(limit);
    }
  }

  private void pause(Instant limit) throws SQLException {
    if (Instant.now().isAfter(limit)) {
      throw new IllegalStateException("not all messages were sent in time: see sending.log");
    }
    outbox.pause();
  }

  private SendingResult.Cpu cpu() {
    return SendingResult.Cpu.ofSeconds(
        CpuTime.of(processes.server),
        CpuTime.ofFamily(processes.postgres),
        CpuTime.of(processes.provider));
  }

  private void print(String round, String who, SendingResult.Drain drain) {
    out.printf("sending %-8s %-8s %,9.0f/s%n", round, who, drain.rowsPerSecond());
  }

  private static long micros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }
}
