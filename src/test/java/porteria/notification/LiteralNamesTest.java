package porteria.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Whatever a name looks like, families read it as the school wrote it. */
@ExtendWith(RunningServerExtension.class)
@Telling
class LiteralNamesTest {

  private final RunningServer server;
  private final TestSchool school;

  LiteralNamesTest(RunningServer server) {
    this.server = server;
    school = server.school();
  }

  @AfterEach
  void clear() {
    server.providers().clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{1}} {{2}}",
        "${7*7} #{7*7}",
        "{time} {gate}",
        "<#assign x=1> [#x]",
        "مريم السعيد",
        "👩‍👧 Añañuca Ñusta",
        "O'Higgins & \"Hijos\" <i>",
      })
  void it_goes_through_literally_on_both_channels(String name) {
    TestPupil pupil = school.pupil(name);
    String phone = school.guardianOf(pupil);
    mailTo(pupil);
    school.north().in(pupil, server.now());
    awaitTold("WHATSAPP", "Llegó al colegio: " + name + " entró a las 07:30 por Puerta Norte.");
    JsonObject mail = awaitTold("EMAIL", name + " entró al colegio a las 07:30 por Puerta Norte.");
    assertThat(mail.getString("subject")).isEqualTo(name + " entró al colegio a las 07:30");
    assertThat(server.told(phone)).hasSize(1);
  }

  @Test
  void one_that_whatsapp_would_refuse_for_its_length_is_not_sent_there_and_fits_a_mail() {
    String name = "Ana ".repeat(249) + "Rojas";
    TestPupil pupil = school.pupil(name);
    String phone = school.guardianOf(pupil);
    mailTo(pupil);
    school.north().in(pupil, server.now());
    awaitTold("EMAIL", name + " entró al colegio");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        server
                            .sql()
                            .lines(
                                "SELECT status, attempt, error FROM notification"
                                    + " WHERE school_id = ? AND channel = 'WHATSAPP'",
                                school.id()))
                    .singleElement()
                    .asString()
                    .startsWith("FAILED 1 ")
                    .contains("longer than 1,024 characters")
                    .doesNotContain("Ana"));
    assertThat(server.told(phone)).isEmpty();
  }

  /** Another guardian, who is told by mail. */
  private void mailTo(TestPupil pupil) {
    UUID guardian =
        server
            .sql()
            .id(
                "INSERT INTO guardian (school_id, full_name, notification_prefs) VALUES (?, 'Luis',"
                    + " '{\"INGRESO_OK\":[\"EMAIL\"]}') RETURNING id",
                school.id());
    server
        .sql()
        .lines(
            "INSERT INTO guardian_contact (school_id, guardian_id, channel, address)"
                + " VALUES (?, ?, 'EMAIL', ?)",
            school.id(),
            guardian,
            "luis@example.test");
    server
        .sql()
        .lines(
            "INSERT INTO student_guardian (school_id, student_id, guardian_id) VALUES (?, ?, ?)",
            school.id(),
            pupil.id(),
            guardian);
  }

  private JsonObject awaitTold(String channel, String text) {
    return await()
        .until(
            () -> told(channel),
            told -> !told.isEmpty() && told.getFirst().getString("text").contains(text))
        .getFirst();
  }

  private List<JsonObject> told(String channel) {
    return server.providers().messages().stream()
        .filter(message -> channel.equals(message.getString("channel")))
        .toList();
  }
}
