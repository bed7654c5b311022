package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;

/** Who asks to be forgotten is, in every table; what happened stays counted. */
@ExtendWith(RunningServerExtension.class)
class ErasureTest {

  private static final JsonObject REASON = new JsonObject().put("reason", "REQUESTED");

  /** Part of every name, so that it is found wherever it stands. */
  private final String mark = UUID.randomUUID().toString().substring(24);

  private final RunningServer server;
  private final RosterDesk desk;
  private final TestPupil ana;
  private final String phone;
  private final String guardian;

  ErasureTest(RunningServer server) {
    this.server = server;
    desk = new RosterDesk(server, server.school());
    ana = desk.school().pupil("Anastasia " + mark);
    phone = desk.school().guardianOf(ana);
    guardian =
        server
            .sql()
            .lines("SELECT guardian_id FROM student_guardian WHERE student_id = ?", ana.id())
            .getFirst();
    JsonObject named = RosterDesk.guardian("Rosamunda " + mark, RosterDesk.whatsApp("+" + phone));
    assertThat(desk.put("/guardians/" + guardian, named).status()).isEqualTo(200);
    JsonObject numbered = desk.pupil("K" + mark, "Anastasia " + mark);
    numbered.put("guardian_ids", new JsonArray().add(guardian));
    assertThat(desk.put("/students/" + ana.id(), numbered).status()).isEqualTo(200);
    String event = desk.school().north().in(ana, server.now()).get("event_id");
    JsonObject why = new JsonObject().put("reason", "era la hermana de Anastasia " + mark);
    assertThat(desk.post("/attendance/events/" + event + "/annul", why).status()).isEqualTo(200);
    queueMessage();
  }

  @Test
  void of_an_erased_pupil_nothing_personal_is_left_and_the_events_are() {
    Reply erased = desk.post("/students/" + ana.id() + "/erase", REASON);
    assertThat(erased.status()).as(erased.text()).isEqualTo(200);
    assertThat(erased.get("erased_at")).isEqualTo(server.now().toString());
    assertNowhere("Anastasia " + mark);
    assertNowhere("K" + mark);
    assertThat(desk.get("/students/" + ana.id()).status()).isEqualTo(404);
    assertThat(desk.names("/students")).isEmpty();
    assertThat(desk.school().events()).hasSize(1);
    assertThat(desk.school().north().in(ana, server.now().plusSeconds(90)).status()).isEqualTo(422);
    assertThat(desk.names("/guardians")).as("is another person").hasSize(1);
    assertThat(desk.acts(ana.id().toString()).getLast())
        .isEqualTo("student.erased {\"reason\": \"REQUESTED\"}");
    assertThat(server.sql().lines("SELECT status FROM notification WHERE student_id = ?", ana.id()))
        .containsExactly("CANCELLED");
  }

  @Test
  void of_an_erased_guardian_nothing_personal_is_left() {
    Reply erased = desk.post("/guardians/" + guardian + "/erase", REASON);
    assertThat(erased.status()).as(erased.text()).isEqualTo(200);
    assertNowhere("Rosamunda " + mark);
    assertNowhere(phone);
    assertThat(desk.get("/guardians/" + guardian).status()).isEqualTo(404);
    assertThat(desk.names("/guardians")).isEmpty();
    assertThat(desk.get("/students/" + ana.id()).json().getJsonArray("guardian_ids")).isEmpty();
    assertThat(desk.acts(guardian).getLast())
        .isEqualTo("guardian.erased {\"reason\": \"REQUESTED\"}");
  }

  @Test
  void erasing_again_answers_the_same_and_is_not_audited_again() {
    String path = "/students/" + ana.id() + "/erase";
    String first = desk.post(path, REASON).get("erased_at");
    server.clock().advance(Duration.ofHours(1));
    assertThat(desk.post(path, REASON).get("erased_at")).isEqualTo(first);
    assertThat(desk.acts(ana.id().toString()).stream().filter(act -> act.contains("erased")))
        .hasSize(1);
  }

  @Test
  void a_reason_is_one_of_a_few_words() {
    String path = "/students/" + ana.id() + "/erase";
    assertThat(desk.post(path, new JsonObject()).status()).isEqualTo(400);
    assertThat(desk.post(path, new JsonObject().put("reason", "Ana asked")).status())
        .isEqualTo(400);
  }

  private void queueMessage() {
    server
        .sql()
        .lines(
            "INSERT INTO notification (school_id, cause_id, cause, student_id, guardian_id, type,"
                + " channel, address, template, language, payload, lane, status, due_at,"
                + " created_at) VALUES (?, uuidv7(), 'ENTRY', ?, ?, 'INGRESO_OK', 'WHATSAPP', ?,"
                + " 'ingreso_ok', 'es', '{\"student\": \"Anastasia "
                + mark
                + "\"}', 0, 'QUEUED',"
                + " '2026-06-10Z', '2026-06-10Z')",
            desk.school().id(),
            ana.id(),
            UUID.fromString(guardian),
            "+" + phone);
  }

  /** Walks every table there is, also those that come later. */
  private void assertNowhere(String text) {
    List<String> tables =
        server
            .sql()
            .lines(
                "SELECT quote_ident(relname) FROM pg_class"
                    + " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
    assertThat(tables)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            table ->
                assertThat(
                        server
                            .sql()
                            .lines(
                                "SELECT t::text FROM " + table + " t WHERE t::text LIKE ?",
                                "%" + text + "%"))
                    .as(text + " in " + table)
                    .isEmpty());
  }
}
