package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import porteria.testkit.DemoSchoolFile.Pupil;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/**
 * A server that is killed again and again while it tells families: nobody is left out, and whom it
 * had told is not told again, since the provider says so. Of about 5,000 messages and 10 kills with
 * {@code -Dporteria.kill.rounds=9 -Dporteria.kill.kills=10}.
 */
@ExtendWith(TestServersExtension.class)
class SendKillTest {

  /** Of pupils who come and go. */
  private static final int ROUNDS = Integer.getInteger("porteria.kill.rounds", 1);

  private static final int KILLS = Integer.getInteger("porteria.kill.kills", 2);
  private static final int PUPILS = Integer.getInteger("porteria.kill.pupils", 400);
  private static final Duration WAIT = Duration.ofMinutes(2);

  /** So that a kill meets many calls that the provider took and did not answer yet. */
  private static final JsonObject SLOW = new JsonObject().put("mode", "slow").put("delay_ms", 300);

  private static final SendingTerms TERMS =
      SendingTerms.USUAL
          .withMessagesPerSecond(150, 10_000)
          .with("notification { reconcile-after = 25s }, scan { repeat-window = 0s }");

  private final DemoStage stage;
  private final FamilyInbox families;

  SendKillTest(TestServers servers, @TempDir Path directory) throws IOException {
    stage = new DemoStage(servers, directory, TERMS);
    families = new FamilyInbox(stage);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void kills_in_mid_sending_leave_nobody_out_and_tell_nobody_twice(TestReporter reporter)
      throws Exception {
    List<Pupil> pupils = stage.school().pupils().subList(0, PUPILS);
    Map<String, Integer> owed = families.owed(pupils, ROUNDS);
    int messages = owed.values().stream().mapToInt(Integer::intValue).sum();
    stage.fail(SLOW);
    ServerJvm server = stage.startHeardServer();
    SteadyScans scans = new SteadyScans(stage);
    for (int round = 0; round < ROUNDS; round++) {
      scans.pass(server.awaitReady(), pupils, round % 2 == 0 ? "IN" : "OUT", 400);
    }
    for (int kill = 1; kill <= KILLS; kill++) {
      int enough = messages * kill / (KILLS + 2);
      await().atMost(WAIT).until(() -> stage.taken() >= enough && !underWay().isEmpty());
      server.kill();
      reporter.publishEntry("under way at a kill", Integer.toString(underWay().size()));
      server = stage.startHeardServer();
      server.awaitReady();
    }
    try (ServerJvm last = server) {
      last.awaitReady();
      await()
          .atMost(WAIT)
          .untilAsserted(
              () -> assertThat(families.amiss(owed)).as(() -> ended().toString()).isEmpty());
      await().atMost(WAIT).untilAsserted(() -> assertThat(unsettled()).isEmpty());
    }
    reporter.publishEntry("messages owed", Integer.toString(messages));
    reporter.publishEntry("told twice by WhatsApp", families.toldTwice("WHATSAPP").toString());
    reporter.publishEntry("told twice by mail", families.toldTwice("EMAIL").toString());
    assertThat(families.toldTwice())
        .isSubsetOf(stage.ask("SELECT id FROM notification WHERE in_doubt"));
    assertThat(families.toldTwice("WHATSAPP")).hasSizeLessThanOrEqualTo(KILLS);
  }

  private Set<String> underWay() {
    return stage.ask("SELECT id FROM notification WHERE status = 'SENDING'");
  }

  /** Those that were given up, and why. */
  private Set<String> ended() {
    return stage.ask(
        "SELECT concat_ws(' ', id, channel, address, attempt, status, in_doubt, failure_class, error)"
            + " FROM notification WHERE status NOT IN ('SENT', 'DELIVERED', 'READ')");
  }

  private Set<String> unsettled() {
    return stage.ask(
        "SELECT channel || ' ' || status || ' ' || id FROM notification"
            + " WHERE status NOT IN ('SENT', 'DELIVERED', 'READ')");
  }
}
