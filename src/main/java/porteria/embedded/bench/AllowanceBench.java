package porteria.embedded.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Whether a backlog leaves as fast as WhatsApp allows and no faster, by one node and by two. */
final class AllowanceBench {

  static final int PER_SECOND = 80;
  static final int SECONDS = 30;

  private static final int MOST_NODES = 2;
  private static final int START_SECONDS = 30;

  private final FullOutbox outbox;
  private final Provider provider;
  private final Nodes nodes;
  private final PrintStream out;

  /** Starts a node that is allowed {@link #PER_SECOND}. */
  interface Nodes {
    void start(int number) throws IOException, InterruptedException;
  }

  AllowanceBench(FullOutbox outbox, Provider provider, Nodes nodes, PrintStream out) {
    this.outbox = outbox;
    this.provider = provider;
    this.nodes = nodes;
    this.out = out;
  }

  AllowanceResult run() throws IOException, InterruptedException, SQLException {
    provider.forget();
    outbox.load();
    outbox.open();
    List<AllowanceResult.Window> windows = new ArrayList<>();
    for (int count = 1; count <= MOST_NODES; count++) {
      nodes.start(count);
      awaitPace();
      AllowanceResult.Window window =
          AllowanceResult.Window.of(count, arrivals(), PER_SECOND, SECONDS);
      out.printf("allowance, nodes: %d, used: %.3f%n", count, window.used());
      windows.add(window);
    }
    return new AllowanceResult(windows);
  }

  /** Until a second's worth has arrived since it began. */
  private void awaitPace() throws IOException, InterruptedException, SQLException {
    int before = provider.count();
    Instant limit = Instant.now().plusSeconds(START_SECONDS);
    while (provider.count() < before + PER_SECOND) {
      if (Instant.now().isAfter(limit)) {
        throw new IllegalStateException("no backlog is sent: see the nodes' logs");
      }
      outbox.pause();
    }
  }

  private List<Long> arrivals() throws IOException, InterruptedException, SQLException {
    long from = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    long until = from + SECONDS * 1_000_000L;
    while (ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) < until) {
      outbox.pause();
    }
    return provider.received().values().stream()
        .filter(at -> at >= from && at < until)
        .sorted()
        .toList();
  }
}
