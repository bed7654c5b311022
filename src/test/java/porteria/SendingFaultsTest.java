package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.testkit.DemoSchoolFile.Pupil;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/**
 * Whatever the providers do while families are told: once they serve again, everybody was told, and
 * twice only by what is marked as in doubt. A longer run is told its size by system properties.
 */
@ExtendWith(TestServersExtension.class)
class SendingFaultsTest {

  private static final int ALONE = Integer.getInteger("porteria.faults.alone", 30);
  private static final int MIXED = Integer.getInteger("porteria.faults.mixed", 160);
  private static final int PACE = Integer.getInteger("porteria.faults.pace", 40);
  private static final Duration WAIT = Duration.ofMinutes(2);
  private static final int OFTEN = 100_000;

  private static final SendingTerms TERMS =
      SendingTerms.USUAL
          .withMessagesPerSecond(1_000, 10_000)
          .with("notification { reconcile-after = 4s }");

  private static DemoStage stage;
  private static FamilyInbox families;
  private static SteadyScans scans;
  private static ServerJvm server;
  private static final List<Pupil> passed = new ArrayList<>();

  @BeforeAll
  static void open(TestServers servers, @TempDir Path directory) throws IOException {
    stage = new DemoStage(servers, directory, TERMS);
    families = new FamilyInbox(stage);
    scans = new SteadyScans(stage);
    server = stage.startHeardServer();
  }

  @AfterAll
  static void close() {
    server.close();
    stage.close();
    passed.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'mode':'500','rate':0.3}",
        "{'mode':'timeout','rate':0.2}",
        "{'mode':'timeout','rate':0.2,'accepted':false}",
        "{'mode':'drop','rate':0.3}",
        "{'mode':'drop','rate':0.3,'accepted':false}",
        "{'mode':'429','rate':0.3}",
        "{'mode':'slow','delay_ms':1000}",
        "{'mode':'garbage','rate':0.3}"
      })
  void a_fault_costs_nobody_the_news(String fault) throws Exception {
    tell(ALONE, fault(fault));
    assertThat(stage.ask("SELECT id FROM notification WHERE status = 'FAILED'")).isEmpty();
  }

  @Test
  void all_faults_at_once_cost_nobody_the_news(TestReporter reporter) throws Exception {
    List<Duration> calm = tell(MIXED);
    List<Duration> rough =
        tell(
            MIXED,
            fault("{'mode':'429','times':20,'delay_ms':1000}"),
            fault("{'mode':'500','rate':0.2}"),
            fault("{'mode':'timeout','rate':0.1}"),
            fault("{'mode':'drop','rate':0.05}"),
            fault("{'mode':'garbage','rate':0.05}"),
            fault("{'mode':'slow','rate':0.2,'delay_ms':1000}"));
    reporter.publishEntry("p99 of scans while providers serve", p99(calm));
    reporter.publishEntry("p99 of scans while providers fail", p99(rough));
    assertThat(
            stage.ask(
                "SELECT id FROM notification WHERE status = 'FAILED'"
                    + " AND NOT (in_doubt AND failure_class = 'UNKNOWN')"))
        .isEmpty();
  }

  /** Lets pupils pass under faults, ends those, and judges. Answers how long the scans took. */
  private static List<Duration> tell(int pupils, JsonObject... faults) throws Exception {
    int from = passed.size();
    List<Pupil> passing = stage.school().pupils().subList(from, from + pupils);
    passed.addAll(passing);
    stage.fail(faults);
    List<Duration> took = scans.pass(server.awaitReady(), passing, "IN", PACE);
    await()
        .atMost(WAIT)
        .untilAsserted(
            () ->
                assertThat(stage.faults())
                    .allMatch(fault -> fault.getInteger("times") < OFTEN, "struck"));
    stage.recover();
    await()
        .atMost(WAIT)
        .untilAsserted(() -> assertThat(families.amiss(families.owed(passed, 1))).isEmpty());
    await().atMost(WAIT).untilAsserted(() -> assertThat(unsettled()).isEmpty());
    assertThat(families.toldTwice())
        .isSubsetOf(stage.ask("SELECT id FROM notification WHERE in_doubt"));
    assertThat(families.toldTwice("WHATSAPP")).as("explained by the provider").isEmpty();
    return took;
  }

  private static Set<String> unsettled() {
    return stage.ask(
        "SELECT channel || ' ' || status || ' ' || id FROM notification"
            + " WHERE status NOT IN ('SENT', 'DELIVERED', 'READ', 'FAILED')");
  }

  private static JsonObject fault(String json) {
    JsonObject fault = new JsonObject(json.replace('\'', '"'));
    return fault.containsKey("times") ? fault : fault.put("times", OFTEN);
  }

  private static String p99(List<Duration> durations) {
    return SteadyScans.quantile(durations, 0.99).toMillis() + " ms of " + durations.size();
  }
}
