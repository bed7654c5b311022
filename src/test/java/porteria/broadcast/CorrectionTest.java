package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** An exception that is withdrawn is not told any more, and taken back where it was. */
@ExtendWith(RunningServerExtension.class)
@Telling
class CorrectionTest {

  private final RunningServer server;
  private BroadcastDesk desk;

  CorrectionTest(RunningServer server) {
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
  void withdrawn_while_it_is_sent_it_stops_and_is_taken_back_from_exactly_those_who_were_told() {
    List<String> phones = desk.families(3);
    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("mode", "code")
                .put("code", 131_056)
                .put("to", phones.getLast()));
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    desk.send(id, 3);
    await().until(() -> desk.count(id, "QUEUED") == 1 && told(id) == 2);
    Reply withdrawn = withdraw(exception);
    assertThat(withdrawn.status()).isEqualTo(200);
    JsonObject stopped = withdrawn.list("broadcasts").getFirst();
    assertThat(stopped.getInteger("told")).isEqualTo(2);
    assertThat(desk.status(id)).isEqualTo("CANCELLED");
    assertThat(desk.count(id, "CANCELLED")).isEqualTo(1);
    String correction = stopped.getString("correction_id");
    JsonObject offered = desk.view(correction);
    assertThat(offered.getString("status")).as("never sent by itself").isEqualTo("PREVIEW");
    assertThat(offered.getString("corrects")).isEqualTo(id);
    assertThat(offered.getInteger("recipients")).isEqualTo(2);
    server.providers().recover();
    assertThat(desk.send(correction, 2).status()).isEqualTo(202);
    await().until(() -> desk.status(correction).equals("SENT"));
    assertThat(desk.reads(phones)).containsExactly(2, 2, 0);
    assertThat(desk.read(phones.getFirst()).getLast())
        .contains("queda sin efecto el cambio que avisamos", "viernes 12 de junio");
  }

  @Test
  void what_staff_stopped_before_is_taken_back_too_from_those_who_were_told() {
    List<String> phones = desk.families(2);
    server
        .providers()
        .fail(
            new JsonObject()
                .put("channel", "WHATSAPP")
                .put("mode", "code")
                .put("code", 131_056)
                .put("to", phones.getLast()));
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    desk.send(id, 2);
    await().until(() -> desk.count(id, "QUEUED") == 1 && told(id) == 1);
    assertThat(desk.cancel(id).status()).isEqualTo(200);
    server.providers().recover();
    JsonObject stopped = withdraw(exception).list("broadcasts").getFirst();
    assertThat(stopped.getInteger("told")).isEqualTo(1);
    desk.send(stopped.getString("correction_id"), 1);
    await().until(() -> desk.read(phones.getFirst()).size() == 2);
    assertThat(desk.reads(phones)).containsExactly(2, 0);
  }

  @Test
  void a_correction_reaches_whoever_got_the_mistake_though_they_chose_otherwise_meanwhile() {
    String phone = desk.families(1).getFirst();
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    desk.send(id, 1);
    await().until(() -> desk.status(id).equals("SENT"));
    server
        .sql()
        .lines(
            "UPDATE guardian SET notification_prefs = '{}' WHERE school_id = ?", desk.school.id());
    String correction =
        withdraw(exception).list("broadcasts").getFirst().getString("correction_id");
    desk.send(correction, 1);
    await().until(() -> desk.read(phone).size() == 2);
  }

  @Test
  void whoever_turns_out_not_to_have_been_told_is_not_corrected() {
    List<String> phones = desk.families(2);
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    desk.send(id, 2);
    await().until(() -> desk.status(id).equals("SENT"));
    String correction =
        withdraw(exception).list("broadcasts").getFirst().getString("correction_id");
    await().until(() -> desk.count(id, "DELIVERED") == 2);
    // One was under way when it was withdrawn, and the provider did not take it.
    server
        .sql()
        .lines(
            "UPDATE notification SET status = 'CANCELLED' WHERE cause_id = ? AND address = ?",
            UUID.fromString(id),
            "+" + phones.getFirst());
    desk.send(correction, 2);
    await().until(() -> desk.status(correction).equals("SENT"));
    assertThat(desk.reads(phones)).containsExactly(1, 2);
    assertThat(desk.count(correction, "CANCELLED")).isEqualTo(1);
  }

  @Test
  void a_correction_waits_until_it_is_known_who_was_told() {
    String phone = desk.families(1).getFirst();
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    desk.send(id, 1);
    await().until(() -> desk.status(id).equals("SENT"));
    UUID cause = UUID.fromString(id);
    String correction =
        withdraw(exception).list("broadcasts").getFirst().getString("correction_id");
    await().until(() -> desk.count(id, "DELIVERED") == 1);
    // As if a sender had it still: its lease is long.
    server
        .sql()
        .lines(
            "UPDATE notification SET status = 'SENDING', lease_until = '2030-01-01Z'"
                + " WHERE cause_id = ?",
            cause);
    desk.send(correction, 1);
    String other = desk.family(desk.school.pupil("Eva Díaz"));
    String next = desk.previewed();
    desk.send(next, 2);
    await().until(() -> desk.read(other).size() == 1);
    assertThat(desk.count(correction, "WAITING")).isEqualTo(1);
    server.sql().lines("UPDATE notification SET status = 'SENT' WHERE cause_id = ?", cause);
    await().until(() -> desk.status(correction).equals("SENT"));
    await().untilAsserted(() -> assertThat(desk.read(phone)).hasSize(3));
  }

  @Test
  void what_was_only_previewed_cannot_be_sent_any_more_and_needs_no_correction() {
    desk.families(1);
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    JsonObject stopped = withdraw(exception).list("broadcasts").getFirst();
    assertThat(stopped.getInteger("told")).isZero();
    assertThat(stopped.getString("correction_id")).isNull();
    Reply refused = desk.send(id, 1);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("withdrawn");
  }

  @Test
  void a_correction_to_a_shared_mailbox_names_the_children_of_each_mail_there() {
    String mail = BroadcastDesk.mailbox();
    for (String child : List.of("Ana Rojas", "Eva Díaz")) {
      String phone = BroadcastDesk.phone();
      UUID guardian = desk.guardian(List.of("WHATSAPP", "EMAIL"), desk.school.pupil(child));
      desk.contact(guardian, phone);
      desk.contact(guardian, mail);
      server
          .providers()
          .fail(
              new JsonObject()
                  .put("channel", "WHATSAPP")
                  .put("mode", "code")
                  .put("code", 131_026)
                  .put("to", phone));
    }
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    desk.send(id, 2);
    await().untilAsserted(() -> assertThat(desk.read(mail)).hasSize(2));
    await().until(() -> desk.status(id).equals("SENT"));
    withdraw(exception);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT r.channel, cardinality(r.students) FROM broadcast_recipient r"
                        + " JOIN broadcast b ON b.id = r.broadcast_id WHERE b.corrects = ?",
                    UUID.fromString(id)))
        .containsExactly("EMAIL 2");
  }

  @Test
  void an_exception_is_told_once_however_often_it_is_previewed() {
    List<String> phones = desk.families(1);
    JsonObject exception = exception();
    String again =
        desk.preview(
                new JsonObject()
                    .put("type", "CAMBIO_HORARIO")
                    .put("exception_id", exception.getString("id")))
            .get("broadcast_id");
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    desk.send(id, 1);
    await().until(() -> desk.status(id).equals("SENT"));
    assertThat(desk.send(again, 1).status()).isEqualTo(409);
    assertThat(desk.reads(phones)).containsExactly(1);
    assertThat(withdraw(exception).list("broadcasts")).hasSize(2);
    assertThat(desk.status(again)).isEqualTo("CANCELLED");
  }

  @Test
  void an_exception_that_was_not_told_is_withdrawn_as_before() {
    Reply made = desk.post("/schedules/exceptions", body());
    assertThat(withdraw(made.json()).status()).isEqualTo(204);
  }

  @Test
  void the_trail_says_what_stopped_and_how_many_were_told() {
    desk.families(1);
    JsonObject exception = exception();
    String id = exception.getJsonObject("broadcast").getString("broadcast_id");
    desk.send(id, 1);
    await().until(() -> desk.status(id).equals("SENT"));
    withdraw(exception);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT before::jsonb ->> 'told' FROM audit_log"
                        + " WHERE action = 'schedule_exception.withdrawn' AND entity_id = ?",
                    exception.getString("id")))
        .containsExactly("1");
    assertThat(
            server
                .sql()
                .number("SELECT count(*) FROM broadcast WHERE corrects = ?", UUID.fromString(id)))
        .isEqualTo(1);
  }

  private JsonObject exception() {
    Reply made = desk.post("/schedules/exceptions", body().put("notify", true));
    assertThat(made.status()).isEqualTo(201);
    return made.json();
  }

  private static JsonObject body() {
    return new JsonObject()
        .put("scope", "GLOBAL")
        .put("date", BroadcastDesk.FRIDAY.toString())
        .put("closed", true)
        .put("reason", "temporal");
  }

  private Reply withdraw(JsonObject exception) {
    return Reply.of(
        server
            .request(HttpMethod.DELETE, "/api/v1/schedules/exceptions/" + exception.getString("id"))
            .bearerTokenAuthentication(desk.school.login(Role.DIRECTOR))
            .send()
            .await());
  }

  private int told(String id) {
    return desk.count(id, "SENT") + desk.count(id, "DELIVERED") + desk.count(id, "READ");
  }
}
