package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;

@ExtendWith(RunningServerExtension.class)
@Telling
class GuardiansTest {

  private final RunningServer server;
  private final RosterDesk desk;

  GuardiansTest(RunningServer server) {
    this.server = server;
    desk = new RosterDesk(server, server.school());
  }

  @ParameterizedTest
  @CsvSource({
    "9 1234 5678, +56912345678",
    "+56 (9) 1234-5678, +56912345678",
    "22 345 6789, +56223456789",
    "+55 11 96123-4567, +5511961234567",
  })
  void phones_are_kept_in_e164_by_the_schools_country(String written, String kept) {
    Reply made = desk.post("/guardians", RosterDesk.guardian("Rosa", RosterDesk.whatsApp(written)));
    assertThat(contact(made).getString("address")).isEqualTo(kept);
  }

  @Test
  void another_country_reads_the_same_digits_otherwise() {
    server.sql().lines("UPDATE school SET country = 'BR' WHERE id = ?", desk.school().id());
    Reply made =
        desk.post("/guardians", RosterDesk.guardian("Rosa", RosterDesk.whatsApp("11 96123-4567")));
    assertThat(contact(made).getString("address")).isEqualTo("+5511961234567");
  }

  @ParameterizedTest
  @ValueSource(strings = {"123", "no phone", "+56 9 1234", "911;ext=4", "+999 12345678"})
  void what_is_no_phone_is_refused_where_it_stands(String written) {
    Reply refused =
        desk.post(
            "/guardians",
            RosterDesk.guardian(
                "Rosa", RosterDesk.email("a@example.org"), RosterDesk.whatsApp(written)));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.list("errors").getFirst().getString("pointer"))
        .isEqualTo("/contacts/1/address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rosa", "rosa@", "@example.org", "a b@example.org", "a@b@example.org"})
  void what_is_no_mailbox_is_refused(String written) {
    assertThat(
            desk.post("/guardians", RosterDesk.guardian("Rosa", RosterDesk.email(written)))
                .status())
        .isEqualTo(400);
  }

  @Test
  void two_guardians_may_share_a_phone_and_one_guardian_may_not_have_it_twice() {
    JsonObject shared = RosterDesk.guardian("Rosa", RosterDesk.whatsApp("+56912345678"));
    desk.made("/guardians", shared);
    desk.made("/guardians", shared.copy().put("full_name", "Pedro"));
    assertThat(
            desk.post(
                    "/guardians",
                    RosterDesk.guardian(
                        "Ana",
                        RosterDesk.whatsApp("+56912345678"),
                        RosterDesk.whatsApp("912345678")))
                .status())
        .isEqualTo(400);
  }

  @Test
  void a_guardian_is_told_of_everything_unless_said_otherwise() {
    String id = desk.made("/guardians", RosterDesk.guardian("Rosa"));
    JsonObject preferences = desk.get("/guardians/" + id).json().getJsonObject("preferences");
    assertThat(preferences.fieldNames())
        .containsExactlyInAnyOrder(
            "INGRESO_OK", "SALIDA_OK", "NO_INGRESO_UMBRAL", "CAMBIO_HORARIO");
    assertThat(preferences.getJsonArray("INGRESO_OK")).containsExactly("WHATSAPP", "EMAIL");
    JsonObject chosen = new JsonObject().put("SALIDA_OK", new JsonArray().add("EMAIL"));
    desk.put("/guardians/" + id, RosterDesk.guardian("Rosa").put("preferences", chosen));
    Reply renamed = desk.put("/guardians/" + id, RosterDesk.guardian("Rosa María"));
    preferences = renamed.json().getJsonObject("preferences");
    assertThat(preferences.getJsonArray("INGRESO_OK")).isEmpty();
    assertThat(preferences.getJsonArray("SALIDA_OK")).containsExactly("EMAIL");
  }

  @Test
  void a_contact_that_stays_keeps_its_record_and_one_left_out_is_gone() {
    String id =
        desk.made(
            "/guardians",
            RosterDesk.guardian(
                "Rosa", RosterDesk.whatsApp("912345678"), RosterDesk.email("R@Example.org")));
    UUID before = phone(id);
    Reply changed =
        desk.put(
            "/guardians/" + id,
            RosterDesk.guardian("Rosa", RosterDesk.whatsApp("912345678").put("verified", true)));
    assertThat(contact(changed).getBoolean("verified")).isTrue();
    assertThat(changed.list("contacts")).hasSize(1);
    assertThat(phone(id)).isEqualTo(before);
    assertThat(desk.acts(id))
        .containsExactly("guardian.created null", "guardian.changed {\"fields\": [\"contacts\"]}");
  }

  @Test
  void a_guardian_who_is_inactive_has_no_session_and_may_come_back() {
    TestPupil ana = desk.school().pupil("Ana Rojas");
    TestParent rosa = desk.school().parentOf(ana);
    String token = rosa.signIn();
    String path = "/guardians/" + rosa.id();
    JsonObject body = RosterDesk.guardian("Rosa", RosterDesk.whatsApp("+" + rosa.phone()));
    Reply left = desk.put(path, body.copy().put("status", "INACTIVE"));
    assertThat(left.get("status")).isEqualTo("INACTIVE");
    assertThat(left.get("inactive_since")).isEqualTo(server.now().toString());
    server.clock().advance(Duration.ofSeconds(5));
    assertThat(server.get("/parents/me", token).status()).isEqualTo(401);
    Reply renamed = desk.put(path, body.copy().put("full_name", "Rosa María"));
    assertThat(renamed.get("inactive_since"))
        .as("left out, it stays as it is")
        .isEqualTo(left.get("inactive_since"));
    Reply back = desk.put(path, body.copy().put("status", "ACTIVE"));
    assertThat(back.get("status")).isEqualTo("ACTIVE");
    assertThat(back.json().containsKey("inactive_since")).isFalse();
    server.clock().advance(Duration.ofSeconds(5));
    assertThat(server.get("/parents/me", token).status()).as("what had ended").isEqualTo(401);
    assertThat(server.get("/parents/me", rosa.signIn()).status()).isEqualTo(200);
    assertThat(desk.acts(rosa.id().toString()).getFirst()).contains("\"status\"");
  }

  @Test
  void guardians_are_found_by_name_and_by_pupil() {
    String rosa = desk.made("/guardians", RosterDesk.guardian("Rosa Núñez"));
    desk.made("/guardians", RosterDesk.guardian("Ángel Soto"));
    JsonObject pupil = desk.pupil("1", "Ana").put("guardian_ids", new JsonArray().add(rosa));
    String ana = desk.made("/students", pupil);
    assertThat(desk.names("/guardians")).containsExactly("Ángel Soto", "Rosa Núñez");
    assertThat(desk.names("/guardians?q=%25")).isEmpty();
    assertThat(desk.names("/guardians?q=r_sa")).isEmpty();
    assertThat(desk.names("/guardians?q=nun")).containsExactly("Rosa Núñez");
    assertThat(desk.names("/guardians?student_id=" + ana)).containsExactly("Rosa Núñez");
    assertThat(desk.get("/guardians/" + rosa).json().getJsonArray("student_ids"))
        .containsExactly(ana);
    desk.put("/students/" + ana, desk.pupil("1", "Ana"));
    assertThat(desk.names("/guardians?student_id=" + ana)).isEmpty();
  }

  @Test
  void a_guardian_of_another_school_is_not_there() {
    RosterDesk other = new RosterDesk(server, server.school());
    String foreign = other.made("/guardians", RosterDesk.guardian("Rosa"));
    JsonObject reason = new JsonObject().put("reason", "REQUESTED");
    assertThat(desk.get("/guardians/" + foreign).status()).isEqualTo(404);
    assertThat(desk.put("/guardians/" + foreign, RosterDesk.guardian("X")).status()).isEqualTo(404);
    assertThat(desk.post("/guardians/" + foreign + "/erase", reason).status()).isEqualTo(404);
    assertThat(other.names("/guardians")).isEqualTo(List.of("Rosa"));
  }

  private static JsonObject contact(Reply reply) {
    return reply.list("contacts").getFirst();
  }

  private UUID phone(String guardian) {
    return server
        .sql()
        .id(
            "SELECT id FROM guardian_contact WHERE guardian_id = ? AND channel = 'WHATSAPP'",
            UUID.fromString(guardian));
  }
}
