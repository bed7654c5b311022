package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import porteria.testkit.DemoSchoolFile.Pupil;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** A provider that is down is left in peace, and costs the other channel nothing. */
@ExtendWith(TestServersExtension.class)
class ProviderOutageTest {

  private static final int PUPILS = 300;
  private static final int MANY = 1_000_000;

  /** What may be under way when the circuit opens. */
  private static final int FIRST_CALLS = 150;

  /** Every 5 s a few calls try whether it serves again. */
  private static final int TRIALS = 12;

  private static final Duration WAIT = Duration.ofMinutes(2);

  /** The longest pause of a single message is a minute: it is not that which they wait for. */
  private static final Duration PROMPT = Duration.ofSeconds(40);

  private final DemoStage stage;
  private final FamilyInbox families;

  ProviderOutageTest(TestServers servers, @TempDir Path directory) throws IOException {
    stage =
        new DemoStage(servers, directory, SendingTerms.USUAL.withMessagesPerSecond(1_000, 10_000));
    families = new FamilyInbox(stage);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_dead_provider_is_left_in_peace_and_the_backlog_leaves_when_it_is_back(
      TestReporter reporter) throws Exception {
    List<Pupil> pupils = stage.school().pupils().subList(0, PUPILS);
    Map<String, Integer> owed = families.owed(pupils, 1);
    Map<String, Integer> mails = new HashMap<>(owed);
    mails.keySet().removeIf(who -> !who.contains("@"));
    stage.fail(new JsonObject().put("mode", "500").put("channel", "WHATSAPP").put("times", MANY));
    try (ServerJvm server = stage.startServer()) {
      new SteadyScans(stage).pass(server.awaitReady(), pupils, "IN", 150);
      await().atMost(WAIT).untilAsserted(() -> assertThat(families.amiss(mails)).isEmpty());
      int calls = calls();
      assertThat(calls).isLessThan(FIRST_CALLS);
      await().during(Duration.ofSeconds(10)).atMost(WAIT).until(() -> calls() <= calls + TRIALS);
      reporter.publishEntry("calls of a dead provider", calls + ", 10 s later " + calls());
      stage.recover();
      long recovered = System.nanoTime();
      await().atMost(WAIT).untilAsserted(() -> assertThat(families.amiss(owed)).isEmpty());
      Duration took = Duration.ofNanos(System.nanoTime() - recovered);
      reporter.publishEntry("the backlog left in", took.toMillis() + " ms");
      assertThat(took).isLessThan(PROMPT);
    }
    assertThat(families.toldTwice()).isEmpty();
  }

  private int calls() {
    return MANY - stage.faults().getFirst().getInteger("times");
  }
}
