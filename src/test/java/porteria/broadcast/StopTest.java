package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.broadcast.BroadcastDesk.FRIDAY;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;

/** What is sent again can be stopped, and what is withdrawn is not begun. */
@ExtendWith(RunningServerExtension.class)
@Telling
class StopTest {

  private final RunningServer server;
  private BroadcastDesk desk;

  StopTest(RunningServer server) {
    this.server = server;
  }

  @BeforeEach
  void open() {
    desk = new BroadcastDesk(server);
  }

  @AfterEach
  void clear() {
    server.providers().clear();
  }

  @Test
  void what_failed_and_is_sent_again_can_be_stopped_and_the_rest_stays_sent() {
    String id = sentButToOne();
    desk.post("/broadcast/" + id + "/retry-failed", new JsonObject());
    awaitQueued(id);
    assertThat(desk.status(id)).isEqualTo("SENDING");
    assertStops(id);
  }

  @Test
  void one_message_that_is_sent_again_can_be_stopped_and_the_rest_stays_sent() {
    String id = sentButToOne();
    desk.post("/notifications/" + failed(id) + "/retry", new JsonObject());
    awaitQueued(id);
    assertStops(id);
  }

  @Test
  void what_is_begun_while_its_exception_is_withdrawn_is_not_begun() {
    desk.families(1);
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    String director = desk.school.login(Role.DIRECTOR);
    server.sql().lines("BEGIN");
    server
        .sql()
        .lines(
            "DELETE FROM schedule_exception WHERE id = ?",
            UUID.fromString(exception.getString("id")));
    Future<Reply> sent = server.posted("/broadcast/send", director, BroadcastDesk.sending(id, 1));
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  sent.isComplete()
                      || server.sql().number("SELECT count(*) FROM pg_locks WHERE NOT granted")
                          > 0);
    } finally {
      server.sql().lines("COMMIT");
    }
    assertThat(sent.await().status()).isEqualTo(409);
    assertThat(sent.await().text()).contains("withdrawn");
    assertThat(desk.status(id)).isEqualTo("PREVIEW");
  }

  /** To two families, of whom one was not reached, and is not to be at once. */
  private String sentButToOne() {
    List<String> phones = desk.families(2);
    fail(phones.getLast(), 131_026);
    String id = desk.previewed();
    desk.send(id, 2);
    awaitSent(id);
    server.providers().recover();
    fail(phones.getLast(), 131_056);
    return id;
  }

  private void assertStops(String id) {
    Reply cancelled = desk.cancel(id);
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().getInteger("told")).isEqualTo(1);
    awaitSent(id);
    assertThat(desk.count(id, "CANCELLED")).isEqualTo(1);
    assertThat(desk.cancel(id).text()).isEqualTo(cancelled.text());
    assertThat(desk.status(id)).isEqualTo("SENT");
  }

  private void awaitQueued(String id) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        server
                            .sql()
                            .lines(
                                "SELECT status, failure_class FROM notification WHERE cause_id = ?"
                                    + " AND status = 'QUEUED'",
                                UUID.fromString(id)))
                    .containsExactly("QUEUED PAIR_RATE"));
  }

  private void awaitSent(String id) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(desk.status(id)).isEqualTo("SENT"));
  }

  private UUID failed(String id) {
    return server
        .sql()
        .id(
            "SELECT id FROM notification WHERE cause_id = ? AND status = 'FAILED'",
            UUID.fromString(id));
  }

  private void fail(String phone, int code) {
    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("mode", "code")
                .put("code", code)
                .put("to", phone));
  }

  private JsonObject exception() {
    return desk.post(
            "/schedules/exceptions",
            new JsonObject()
                .put("scope", "GLOBAL")
                .put("date", FRIDAY.toString())
                .put("closed", true)
                .put("reason", "temporal")
                .put("notify", true))
        .json();
  }
}
