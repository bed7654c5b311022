package porteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import porteria.testkit.ApiCalls;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** A broadcast goes on where it was when its server died: nobody twice, nobody missed. */
@ExtendWith(TestServersExtension.class)
class BroadcastKillTest {

  private static final Duration FAMILIES_WAIT = Duration.ofMinutes(2);
  private static final String WAITING =
      "SELECT count(*) FROM broadcast_recipient WHERE status = 'FROZEN'";

  private final DemoStage stage;

  BroadcastKillTest(TestServers servers, @TempDir Path directory) throws IOException {
    stage = new DemoStage(servers, directory);
    stage.change("UPDATE staff_user SET role = 'DIRECTOR' WHERE role = 'INSPECTOR'");
  }

  @AfterEach
  void clear() {
    stage.close();
  }

  @Test
  void killed_between_its_chunks_it_goes_on_exactly_there() throws IOException, SQLException {
    int recipients;
    Set<String> inFlight;
    try (ServerJvm first = stage.startServer();
        ApiCalls calls = new ApiCalls(first.awaitReady())) {
      String director = calls.login(stage.school().inspector());
      JsonObject preview = calls.post("/api/v1/broadcast/preview", director, hours()).body();
      recipients = preview.getInteger("recipients");
      assertThat(recipients).isGreaterThan(20);
      int half = recipients / 2;
      // Half of them is out of the reach of its chunks for now.
      try (Connection held =
          stage.holding(
              "SELECT FROM broadcast_recipient ORDER BY guardian_id LIMIT %d FOR UPDATE"
                  .formatted(half))) {
        calls.post(
            "/api/v1/broadcast/send",
            director,
            new JsonObject()
                .put("broadcast_id", preview.getString("broadcast_id"))
                .put("expected_recipients", recipients));
        await().atMost(FAMILIES_WAIT).until(() -> !stage.messages().isEmpty());
        first.kill();
        inFlight = stage.ask("SELECT id FROM notification WHERE status = 'SENDING'");
        assertThat(stage.ask(WAITING)).containsExactly(Integer.toString(half));
        held.rollback();
      }
    }
    try (ServerJvm second = stage.startServer()) {
      second.awaitReady();
      await()
          .atMost(FAMILIES_WAIT)
          .untilAsserted(
              () -> assertThat(stage.ask("SELECT status FROM broadcast")).containsExactly("SENT"));
    }
    Map<String, Integer> told = new HashMap<>();
    Set<String> notifications = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (JsonObject message : stage.messages()) {
      if (notifications.add(message.getString("notification"))) {
        told.merge(message.getString("to"), 1, Integer::sum);
      } else {
        twice.add(message.getString("notification"));
      }
    }
    assertThat(told.values()).as("messages to one address").containsOnly(1);
    assertThat(told.keySet())
        .hasSize(recipients)
        .isEqualTo(stage.ask("SELECT ltrim(address, '+') FROM broadcast_recipient"));
    assertThat(twice).as("told twice, beside what was under way when it died").isSubsetOf(inFlight);
  }

  private static JsonObject hours() {
    return new JsonObject()
        .put("type", "CAMBIO_HORARIO")
        .put("scope", "GLOBAL")
        .put(
            "text_params",
            new JsonObject()
                .put(
                    "date",
                    Instant.now().atOffset(ZoneOffset.UTC).toLocalDate().plusDays(2).toString())
                .put("closed", true)
                .put("reason", "temporal"));
  }
}
