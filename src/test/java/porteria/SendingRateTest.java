package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/**
 * A backlog leaves as fast as WhatsApp allows and no faster, by one node and by two. For 30 s each
 * with {@code -Dporteria.rate.rounds=9 -Dporteria.rate.seconds=30 -Dporteria.rate.windows=1}.
 */
@ExtendWith(TestServersExtension.class)
class SendingRateTest {

  private static final int ALLOWED = 80;

  /** Of all pupils, who come and go. */
  private static final int ROUNDS = Integer.getInteger("porteria.rate.rounds", 4);

  private static final int SECONDS = Integer.getInteger("porteria.rate.seconds", 8);
  private static final int WINDOWS = Integer.getInteger("porteria.rate.windows", 4);
  private static final Duration WAIT = Duration.ofSeconds(120);

  private static final SendingTerms TERMS =
      SendingTerms.USUAL
          .withMessagesPerSecond(ALLOWED, ALLOWED)
          .with("scan { repeat-window = 0s }");

  /**
   * What was sent in so many seconds.
   *
   * @param used part of the allowance
   * @param most taken in any one second
   * @param refused for being too many
   */
  private record Window(double used, int most, long refused) {

    boolean good() {
      return used >= 0.99 && refused == 0;
    }
  }

  private final DemoStage stage;
  private final List<ServerJvm> nodes = new ArrayList<>();

  SendingRateTest(TestServers servers, @TempDir Path directory) throws IOException {
    stage = new DemoStage(servers, directory, TERMS);
  }

  @AfterEach
  void close() {
    end();
    stage.close();
  }

  @Test
  void a_backlog_uses_the_allowance_and_never_more_than_it(TestReporter reporter) throws Exception {
    pileUp();
    start(1);
    reporter.publishEntry("one node", judge().toString());
    end();
    start(2);
    reporter.publishEntry("two nodes", judge().toString());
  }

  /** Lets pupils pass while hardly anything is sent. */
  private void pileUp() throws Exception {
    try (ServerJvm slow = stage.startServer(1)) {
      SteadyScans scans = new SteadyScans(stage);
      for (int round = 0; round < ROUNDS; round++) {
        String type = round % 2 == 0 ? "IN" : "OUT";
        scans.pass(slow.awaitReady(), stage.school().pupils(), type, 400);
      }
    }
  }

  private void start(int count) {
    for (int node = 0; node < count; node++) {
      nodes.add(stage.startServer());
    }
    nodes.forEach(ServerJvm::awaitReady);
  }

  private void end() {
    nodes.forEach(ServerJvm::close);
    nodes.clear();
  }

  /**
   * Measures until a window is good: a busy machine holds a process up for longer than an allowance
   * is saved, or lets calls that left apart arrive together.
   */
  private Window judge() {
    int before = stage.taken();
    await().atMost(WAIT).until(() -> stage.taken() > before + ALLOWED);
    Window window = measure();
    for (int more = 1; more < WINDOWS && !window.good(); more++) {
      window = measure();
    }
    assertThat(waiting()).as("there was a backlog to the end").isNotEmpty();
    assertThat(window).matches(Window::good, "good");
    return window;
  }

  private Window measure() {
    long refused = refused();
    Instant from = Instant.now();
    Instant until = from.plusSeconds(SECONDS);
    await().atMost(WAIT).until(() -> !Instant.now().isBefore(until));
    List<Instant> within =
        taken().stream().filter(at -> !at.isBefore(from) && at.isBefore(until)).toList();
    return new Window(
        within.size() / (double) (ALLOWED * SECONDS), most(within), refused() - refused);
  }

  /** How often the provider said that it was too much. */
  private long refused() {
    return nodes.stream()
        .flatMap(node -> node.output().lines())
        .filter(line -> line.contains("SENDER_RATE"))
        .count();
  }

  private Set<String> waiting() {
    return stage.ask(
        "SELECT id FROM notification WHERE channel = 'WHATSAPP' AND status = 'QUEUED'");
  }

  /** When the provider took WhatsApp messages. */
  private List<Instant> taken() {
    return stage.messages().stream()
        .filter(message -> "WHATSAPP".equals(message.getString("channel")))
        .map((JsonObject message) -> Instant.parse(message.getString("received_at")))
        .sorted()
        .toList();
  }

  /** In any second, not those of the clock. */
  private static int most(List<Instant> taken) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < taken.size(); last++) {
      while (!taken.get(first).isAfter(taken.get(last).minusSeconds(1))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
