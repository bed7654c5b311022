package porteria.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static porteria.broadcast.BroadcastDesk.hours;
import static porteria.broadcast.BroadcastDesk.mailbox;
import static porteria.broadcast.BroadcastDesk.notice;
import static porteria.broadcast.BroadcastDesk.phone;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;

/** Whom a broadcast would reach, and what they would read. */
@ExtendWith(RunningServerExtension.class)
@Telling
class PreviewTest {

  private static final List<String> PHONE = List.of("WHATSAPP");
  private static final List<String> MAIL = List.of("EMAIL");
  private static final List<String> BOTH = List.of("WHATSAPP", "EMAIL");

  private final RunningServer server;
  private BroadcastDesk desk;

  PreviewTest(RunningServer server) {
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
  void each_address_counts_once_and_is_told_of_each_child_of_those_who_read_there() {
    TestPupil ana = desk.school.pupil("Ana Rojas");
    TestPupil luis = desk.school.pupil("Luis Rojas");
    TestPupil eva = desk.school.pupil("Eva Díaz");
    String shared = phone();
    desk.contact(desk.guardian(PHONE, ana, luis), shared);
    desk.contact(desk.guardian(PHONE, luis, ana), phone());
    desk.contact(desk.guardian(PHONE, eva), shared);
    Reply preview = desk.preview(hours());
    assertThat(preview.status()).isEqualTo(200);
    assertThat(preview.json().getInteger("recipients")).isEqualTo(2);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT cardinality(students) FROM broadcast_recipient WHERE broadcast_id = ?"
                        + " ORDER BY 1",
                    UUID.fromString(preview.get("broadcast_id"))))
        .containsExactly("2", "3");
  }

  @Test
  void another_familys_child_is_named_to_nobody() {
    TestPupil ana = desk.school.pupil("Ana Rojas");
    TestPupil eva = desk.school.pupil("Eva Díaz");
    String anas = desk.family(ana);
    String evas = desk.family(eva);
    String id = desk.previewed();
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT r.address, s.full_name FROM broadcast_recipient r, unnest(r.students) u"
                        + " JOIN student s ON s.id = u WHERE r.broadcast_id = ?",
                    UUID.fromString(id)))
        .containsExactlyInAnyOrder("+" + anas + " Ana Rojas", "+" + evas + " Eva Díaz");
  }

  @Test
  void nothing_is_sent() {
    desk.families(3);
    desk.previewed();
    assertThat(
            server
                .sql()
                .number("SELECT count(*) FROM notification WHERE school_id = ?", desk.school.id()))
        .isZero();
  }

  @Test
  void it_says_who_is_not_reached_and_why() {
    TestPupil told = desk.school.pupil("Ana Rojas");
    desk.family(told);
    desk.school.pupil("Nadie Responde");
    UUID unwilling = desk.guardian(List.of(), desk.school.pupil("Eva Díaz"));
    desk.contact(unwilling, phone());
    desk.guardian(BOTH, desk.school.pupil("Sin Contacto"));
    String gone = phone();
    desk.contact(desk.guardian(PHONE, told), gone);
    desk.suppress(gone);
    JsonObject preview = desk.preview(hours()).json();
    Map<String, Integer> reasons =
        preview.getJsonArray("unreachable").stream()
            .map(JsonObject.class::cast)
            .collect(
                Collectors.toMap(
                    each -> each.getString("reason"), each -> each.getInteger("count")));
    assertThat(reasons)
        .isEqualTo(Map.of("NO_GUARDIAN", 1, "NOT_WANTED", 1, "NO_CONTACT", 1, "SUPPRESSED", 1));
    assertThat(preview.getInteger("students")).isEqualTo(4);
    assertThat(preview.getInteger("students_untold")).isEqualTo(3);
  }

  @Test
  void whoever_chose_both_gets_it_by_whatsapp_and_by_mail_only_where_the_phone_is_off() {
    UUID both = desk.guardian(BOTH, desk.school.pupil("Ana Rojas"));
    desk.contact(both, phone());
    desk.contact(both, mailbox());
    UUID off = desk.guardian(BOTH, desk.school.pupil("Eva Díaz"));
    String phone = phone();
    desk.contact(off, phone);
    desk.contact(off, mailbox());
    desk.suppress(phone);
    assertThat(desk.preview(hours()).json().getJsonObject("by_channel"))
        .isEqualTo(new JsonObject().put("WHATSAPP", 1).put("EMAIL", 1));
  }

  @Test
  void a_sample_is_rendered_in_each_language_that_occurs_and_names_the_siblings() {
    TestPupil ana = desk.school.pupil("Ana Rojas");
    TestPupil ines = desk.school.pupil("Inés Rojas");
    desk.contact(desk.guardian("es", PHONE, ana, ines), phone());
    desk.contact(desk.guardian("pt", MAIL, ana), mailbox());
    List<JsonObject> sample = desk.preview(hours()).list("sample");
    assertThat(sample).extracting(each -> each.getString("language")).containsExactly("es", "pt");
    assertThat(sample.getFirst().getJsonObject("whatsapp").getString("text"))
        .isEqualTo(
            "Cambio de horario para Ana Rojas e Inés Rojas. El viernes 12 de junio rige lo"
                + " siguiente: salida a las 12:30. El motivo: consejo de profesores. Si tienes"
                + " dudas, llama al colegio.");
    assertThat(sample.getLast().getJsonObject("mail").getString("text"))
        .contains("Ana Rojas", "saída às 12:30", "Motivo: consejo de profesores")
        .doesNotContain("Inés");
  }

  @Test
  void it_says_how_many_people_whatsapp_still_lets_us_write_to_and_how_long_it_takes() {
    desk.families(2);
    JsonObject preview = desk.preview(hours()).json();
    assertThat(preview.getJsonObject("quota").getInteger("daily_users")).isEqualTo(1_000_000);
    assertThat(preview.getJsonObject("quota").getInteger("remaining")).isPositive();
    assertThat(preview.getJsonObject("quota").getInteger("remaining_for_broadcasts"))
        .isEqualTo(preview.getJsonObject("quota").getInteger("remaining") - 500_000);
    assertThat(preview.getJsonObject("quota").getInteger("needed")).isEqualTo(2);
    assertThat(preview.getJsonObject("quota").getBoolean("enough")).isTrue();
    assertThat(preview.getInteger("estimated_seconds")).isEqualTo(1);
  }

  @Test
  void one_course_alone_is_told_of_its_own_pupils() {
    UUID other = desk.school.course("1.º Medio A", "08:00");
    TestPupil ana = desk.school.pupil("Ana Rojas");
    TestPupil luis = desk.school.pupil("Luis Rojas", other);
    desk.family(ana, luis);
    desk.family(ana);
    Reply preview = desk.preview(hours().put("scope", "COURSE").put("course_id", other.toString()));
    assertThat(preview.json().getInteger("recipients")).isEqualTo(1);
    assertThat(preview.list("sample").getFirst().getJsonObject("whatsapp").getString("text"))
        .startsWith("Cambio de horario para Luis Rojas.");
  }

  @Test
  void an_exception_tells_itself() {
    desk.families(1);
    Reply made =
        desk.post(
            "/schedules/exceptions",
            new JsonObject()
                .put("scope", "GLOBAL")
                .put("date", "2026-06-12")
                .put("closed", true)
                .put("reason", "temporal")
                .put("notify", true));
    assertThat(made.status()).isEqualTo(201);
    JsonObject preview = made.json().getJsonObject("broadcast");
    assertThat(preview.getInteger("recipients")).isEqualTo(1);
    assertThat(
            preview
                .getJsonArray("sample")
                .getJsonObject(0)
                .getJsonObject("whatsapp")
                .getString("text"))
        .contains("sin clases", "temporal");
    assertThat(desk.view(preview.getString("broadcast_id")).getString("exception_id"))
        .isEqualTo(made.get("id"));
  }

  @Test
  void an_exception_whose_reason_whatsapp_would_refuse_is_not_made_to_be_told() {
    Reply refused =
        desk.post(
            "/schedules/exceptions",
            new JsonObject()
                .put("scope", "GLOBAL")
                .put("date", "2026-06-12")
                .put("closed", true)
                .put("reason", "dos\nlíneas")
                .put("notify", true));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("/reason", "line break");
    assertThat(desk.get("/schedules/exceptions").list("items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "dos\nlíneas", "con\ttabulador", "cuatro    espacios"})
  void a_word_that_whatsapp_would_refuse_is_refused_now(String reason) {
    JsonObject wanted = hours();
    wanted.getJsonObject("text_params").put("reason", reason);
    Reply refused = desk.preview(wanted);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("text_params.reason");
  }

  @Test
  void a_word_that_is_too_long_is_refused_now() {
    JsonObject wanted = hours();
    wanted.getJsonObject("text_params").put("reason", "x".repeat(201));
    assertThat(desk.preview(wanted).text()).contains("201 characters; allowed are 200");
  }

  @Test
  void free_text_by_whatsapp_is_refused_with_the_reason() {
    Reply refused =
        desk.preview(
            notice("Reunión", "El jueves").put("channels", new JsonArray().add("WHATSAPP")));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("free text goes by EMAIL alone");
  }

  @Test
  void a_day_that_is_past_is_not_told() {
    JsonObject wanted = hours();
    wanted.getJsonObject("text_params").put("date", "2026-06-09");
    assertThat(desk.preview(wanted).status()).isEqualTo(400);
  }

  @Test
  void whom_a_preview_would_have_reached_is_forgotten_when_nobody_sent_it() {
    desk.families(2);
    String id = desk.previewed();
    server.clock().advance(Duration.ofHours(50));
    try {
      await().until(() -> desk.status(id).equals("CANCELLED"));
      assertThat(
              server
                  .sql()
                  .number(
                      "SELECT count(*) FROM broadcast_recipient WHERE broadcast_id = ?",
                      UUID.fromString(id)))
          .isZero();
      assertThat(desk.send(id, 2).text()).contains("expired");
    } finally {
      server.clock().advance(Duration.ofHours(-50));
    }
  }

  @Test
  void a_preview_that_expired_is_not_sent_and_says_so() {
    desk.families(1);
    String id = desk.previewed();
    server.clock().advance(Duration.ofHours(25));
    try {
      Reply late = desk.send(id, 1);
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.text()).contains("expired");
    } finally {
      server.clock().advance(Duration.ofHours(-25));
    }
  }
}
