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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import porteria.testkit.ApiCalls;
import porteria.testkit.ApiCalls.Answer;
import porteria.testkit.DemoSchoolFile.Device;
import porteria.testkit.DemoSchoolFile.Pupil;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class KillTest {

  private static final int KILLS = 1;
  private static final int SCANS_A_ROUND = 150;
  private static final int ANSWERS_BEFORE_THE_KILL = 50;
  private static final int HANDS = 12;

  /** Each scan is sent so often, lest the rush be over when a busy machine gets to the kill. */
  private static final int TIMES = 5;

  private static final Duration FAMILIES_WAIT = Duration.ofMinutes(3);

  /** After so long operators' machines end it by force; see docker-compose.yml. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** What was answered 202, by the scan's number: the event's id. */
  private final Map<Long, String> promised = new ConcurrentHashMap<>();

  private final DemoStage stage;
  private final FamilyInbox families;

  KillTest(TestServers servers, @TempDir Path directory) throws IOException {
    stage = new DemoStage(servers, directory);
    families = new FamilyInbox(stage);
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  @Test
  void what_was_answered_outlives_kills_in_mid_rush_and_every_family_hears_of_it()
      throws Exception {
    ServerJvm server = stage.startServer();
    for (int round = 0; round < KILLS; round++) {
      rushUntilKilled(server, scansOf(round));
      server = stage.startServer();
      sendAllAgain(server.awaitReady(), scansOf(round));
      awaitFamilies((round + 1) * SCANS_A_ROUND);
    }
    ServerJvm last = server;
    try (last;
        ApiCalls calls = new ApiCalls(last.awaitReady())) {
      assertThat(eventsByNumber(calls)).isEqualTo(promised);
    }
    assertThat(families.toldTwice())
        .isSubsetOf(stage.ask("SELECT id FROM notification WHERE in_doubt"));
  }

  @Test
  void asked_to_end_the_server_first_answers_what_it_took() throws Exception {
    ServerJvm server = stage.startServer();
    try (Rush rush = new Rush(server.awaitReady(), scansOf(0))) {
      rush.awaitAnswers(ANSWERS_BEFORE_THE_KILL);
      long askedAt = System.nanoTime();
      server.askToEnd();
      assertThat(server.awaitEnd()).isBetween(0, 143);
      assertThat(Duration.ofNanos(System.nanoTime() - askedAt)).isLessThan(GRACE);
      rush.end();
    }
    assertThat(stage.ask("SELECT local_seq FROM attendance_event"))
        .isEqualTo(promised.keySet().stream().map(String::valueOf).collect(Collectors.toSet()));
  }

  private void rushUntilKilled(ServerJvm server, Map<Long, Pupil> scans) throws Exception {
    try (Rush rush = new Rush(server.awaitReady(), scans)) {
      rush.awaitAnswers(ANSWERS_BEFORE_THE_KILL);
      server.kill();
      rush.end();
    }
  }

  /** As kiosks do that heard nothing; those that did hear are told the same once more. */
  private void sendAllAgain(int port, Map<Long, Pupil> scans) throws IOException {
    try (ApiCalls calls = new ApiCalls(port)) {
      for (Map.Entry<Long, Pupil> scan : scans.entrySet()) {
        Answer answer = send(calls, scan.getKey(), scan.getValue());
        assertThat(answer.status()).isEqualTo(202);
        String event = answer.body().getString("event_id");
        String before = promised.putIfAbsent(scan.getKey(), event);
        if (before != null) {
          assertThat(event).isEqualTo(before);
          assertThat(answer.body().getBoolean("duplicate")).isTrue();
        }
      }
    }
  }

  private Answer send(ApiCalls calls, long number, Pupil pupil) throws IOException {
    List<Device> devices = stage.school().devices();
    return calls.enter(devices.get((int) (number % devices.size())), pupil.nfcToken(), number);
  }

  /** Each pupil once, so that no scan repeats another. */
  private Map<Long, Pupil> scansOf(int round) {
    Map<Long, Pupil> scans = new HashMap<>();
    for (int n = round * SCANS_A_ROUND; n < (round + 1) * SCANS_A_ROUND; n++) {
      scans.put(1L + n, stage.school().pupils().get(n));
    }
    return scans;
  }

  private void awaitFamilies(int pupils) {
    Map<String, Integer> owed = families.owed(stage.school().pupils().subList(0, pupils), 1);
    await().atMost(FAMILIES_WAIT).untilAsserted(() -> assertThat(families.amiss(owed)).isEmpty());
  }

  /** Every event of the school, by its scan's number; a number found twice fails. */
  private Map<Long, String> eventsByNumber(ApiCalls calls) throws IOException {
    String token = calls.login(stage.school().inspector());
    Map<Long, String> found = new HashMap<>();
    String cursor = "";
    do {
      JsonObject page = calls.get("/api/v1/attendance/events?limit=100" + cursor, token).body();
      for (Object item : page.getJsonArray("items")) {
        JsonObject event = (JsonObject) item;
        long number = event.getLong("local_seq");
        assertThat(found.put(number, event.getString("event_id"))).isNull();
      }
      String next = page.getString("next_cursor");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return found;
  }

  /** Many kiosk hands sending at once, each scan again and again, until the server is gone. */
  private final class Rush implements AutoCloseable {

    private final ExecutorService hands = Executors.newFixedThreadPool(HANDS);
    private final CountDownLatch answers = new CountDownLatch(ANSWERS_BEFORE_THE_KILL);
    private final ApiCalls calls;
    private volatile boolean gone;

    Rush(int port, Map<Long, Pupil> scans) {
      calls = new ApiCalls(port);
      for (int time = 0; time < TIMES; time++) {
        scans.forEach((number, pupil) -> hands.execute(() -> scan(number, pupil)));
      }
    }

    void awaitAnswers(int count) throws InterruptedException {
      assertThat(answers.await(60, TimeUnit.SECONDS)).as(count + " answers").isTrue();
    }

    /** Waits for the last hand. */
    void end() throws InterruptedException {
      hands.shutdown();
      assertThat(hands.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    private void scan(long number, Pupil pupil) {
      if (gone) {
        return;
      }
      try {
        Answer answer = send(calls, number, pupil);
        if (answer.status() == 202) {
          promised.put(number, answer.body().getString("event_id"));
          answers.countDown();
          return;
        }
      } catch (IOException ended) {
        // The server was ended under our hands; what became of the scan is asked later.
      }
      gone = true;
    }

    @Override
    public void close() {
      hands.shutdownNow();
      calls.close();
    }
  }
}
