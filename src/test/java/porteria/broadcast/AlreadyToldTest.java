package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.broadcast.BroadcastDesk.FRIDAY;
import static porteria.broadcast.BroadcastDesk.hours;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
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
import porteria.testkit.TestPupil;

/** A broadcast that was stopped half way is sent again to those who have not read it. */
@ExtendWith(RunningServerExtension.class)
@Telling
class AlreadyToldTest {

  private final RunningServer server;
  private BroadcastDesk desk;

  AlreadyToldTest(RunningServer server) {
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
  void whoever_read_it_before_it_was_stopped_does_not_read_it_again() {
    List<String> phones = desk.families(3);
    stop(desk.previewed(), phones);
    Reply again = desk.preview(hours());
    assertThat(again.json().getInteger("recipients")).isEqualTo(1);
    assertThat(again.list("unreachable"))
        .containsExactly(new JsonObject().put("reason", "ALREADY_TOLD").put("count", 2));
    assertThat(again.json().getInteger("students_untold")).isZero();
    desk.send(again.get("broadcast_id"), 1);
    await().untilAsserted(() -> assertThat(desk.reads(phones)).containsOnly(1));
  }

  @Test
  void other_hours_are_news_to_everybody() {
    List<String> phones = desk.families(3);
    stop(desk.previewed(), phones);
    JsonObject other = hours();
    other.getJsonObject("text_params").put("out_time", "13:00");
    assertThat(desk.preview(other).json().getInteger("recipients")).isEqualTo(3);
  }

  @Test
  void a_child_who_was_not_named_is_news_to_its_family() {
    TestPupil ana = desk.school.pupil("Ana Rojas");
    String phone = BroadcastDesk.phone();
    UUID guardian = desk.guardian(List.of("WHATSAPP"), ana);
    desk.contact(guardian, phone);
    List<String> others = desk.families(1);
    stop(desk.previewed(), List.of(phone, others.getFirst()));
    server
        .sql()
        .lines(
            "INSERT INTO student_guardian (school_id, student_id, guardian_id) VALUES (?, ?, ?)",
            desk.school.id(),
            desk.school.pupil("Luis Rojas").id(),
            guardian);
    assertThat(desk.preview(hours()).json().getInteger("recipients")).isEqualTo(2);
  }

  @Test
  void what_was_taken_back_is_news_again() {
    List<String> phones = desk.families(2);
    JsonObject exception = exception();
    stop(exception.getJsonObject("broadcast").getString("broadcast_id"), phones);
    JsonObject again = new JsonObject();
    again.put("type", "CAMBIO_HORARIO").put("exception_id", exception.getString("id"));
    assertThat(desk.preview(again).json().getInteger("recipients")).isEqualTo(1);
    withdraw(exception);
    assertThat(exception().getJsonObject("broadcast").getInteger("recipients")).isEqualTo(2);
  }

  /** Sends it, and stops it when all but the last of these have read it. */
  private void stop(String id, List<String> phones) {
    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("mode", "code")
                .put("code", 131_056)
                .put("to", phones.getLast()));
    assertThat(desk.send(id, phones.size()).status()).isEqualTo(202);
    // Once it is recorded: a provider knows of a message before we know that it took it.
    await()
        .untilAsserted(
            () -> {
              assertThat(desk.count(id, "DELIVERED")).isEqualTo(phones.size() - 1);
              assertThat(desk.count(id, "QUEUED")).isEqualTo(1);
            });
    assertThat(desk.reads(phones.subList(0, phones.size() - 1))).containsOnly(1);
    assertThat(desk.cancel(id).json().getInteger("told")).isEqualTo(phones.size() - 1);
    server.providers().recover();
  }

  private void withdraw(JsonObject exception) {
    assertThat(
            server
                .request(
                    HttpMethod.DELETE, "/api/v1/schedules/exceptions/" + exception.getString("id"))
                .bearerTokenAuthentication(desk.school.login(Role.DIRECTOR))
                .send()
                .await()
                .statusCode())
        .isEqualTo(200);
  }

  private JsonObject exception() {
    return desk.post(
            "/schedules/exceptions",
            new JsonObject()
                .put("scope", "GLOBAL")
                .put("date", FRIDAY.toString())
                .put("out_time", "12:30")
                .put("reason", "consejo de profesores")
                .put("notify", true))
        .json();
  }
}
