package porteria.school;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.device.DeviceService;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** What a school is called, where it stands, and its gates. */
@ExtendWith(RunningServerExtension.class)
class SchoolTest {

  private final RunningServer server;
  private final TestSchool school;

  SchoolTest(RunningServer server) {
    this.server = server;
    school = server.school();
  }

  @Test
  void an_admin_changes_the_school_and_the_trail_says_from_what_to_what() {
    put("/school", settings());
    Reply kept =
        put("/school", settings().put("timezone", "Europe/Madrid").put("phone", "600 100"));
    assertThat(kept.status()).as(kept.text()).isEqualTo(200);
    assertThat(kept.json()).isEqualTo(get("/school").json());
    assertThat(kept.get("timezone")).isEqualTo("Europe/Madrid");
    assertThat(kept.get("slug")).isEqualTo(school.slug());
    assertThat(school.get("/attendance/day").get("timezone")).isEqualTo("Europe/Madrid");
    put("/school", settings().put("timezone", "Europe/Madrid").put("phone", "600 100"));
    assertThat(trail("school.changed").subList(1, 2))
        .as("the same again is no change")
        .containsExactly(
            "{\"phone\": null, \"timezone\": \"America/Santiago\"}"
                + " {\"phone\": \"600 100\", \"timezone\": \"Europe/Madrid\"}");
    assertThat(put("/school", settings()).json().getString("phone"))
        .as("what is left out is none")
        .isNull();
  }

  @Test
  void a_school_has_the_operators_terms_until_it_has_its_own() {
    JsonObject usual =
        new JsonObject()
            .put("grace_minutes", 15)
            .put("repeat_seconds", 60)
            .put("retention_days", 60);
    put("/school", settings());
    JsonObject before = get("/school").json();
    assertThat(before.getJsonObject("usual")).isEqualTo(usual);
    assertThat(usual.fieldNames()).allSatisfy(term -> assertThat(before.getValue(term)).isNull());
    JsonObject own =
        new JsonObject().put("grace_minutes", 0).put("repeat_seconds", 90).put("retention_days", 1);
    Reply kept = put("/school", settings().mergeIn(own));
    assertThat(kept.status()).as(kept.text()).isEqualTo(200);
    assertThat(get("/school").json()).isEqualTo(kept.json());
    assertThat(own.fieldNames())
        .allSatisfy(
            term -> assertThat(kept.json().getValue(term)).as(term).isEqualTo(own.getValue(term)));
    assertThat(trail("school.changed").getLast())
        .isEqualTo(
            "{\"grace_minutes\": null, \"repeat_seconds\": null, \"retention_days\": null}"
                + " {\"grace_minutes\": 0, \"repeat_seconds\": 90, \"retention_days\": 1}");
    assertThat(put("/school", settings()).json().getValue("grace_minutes"))
        .as("what is left out is as usual")
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "grace_minutes, -1",
    "grace_minutes, 241",
    "repeat_seconds, -1",
    "repeat_seconds, 3601",
    "retention_days, 0",
    "retention_days, 61",
  })
  void terms_beyond_what_is_allowed_are_refused_by_their_name(String term, int value) {
    Reply refused = put("/school", settings().put(term, value));
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.list("errors").getFirst().getString("pointer")).isEqualTo("/" + term);
  }

  @ParameterizedTest
  @CsvSource({
    "timezone, Santiago",
    "timezone, America/Macondo",
    "timezone, GMT+3",
    "timezone, EST",
    "timezone, SystemV/AST4",
    "timezone, posix/America/Santiago",
    "timezone, -03",
    "country, XX",
    "country, cl",
    "phone, nine",
    "language, fr",
    "name, ' '",
    "slug, otro",
    "color, red",
    "color, '#ffd700'",
    "color, '#777777'",
  })
  void what_cannot_be_is_refused_by_its_name(String field, String value) {
    JsonObject before = get("/school").json();
    Reply refused = put("/school", settings().put(field, value));
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.list("errors").getFirst().getString("pointer")).isEqualTo("/" + field);
    assertThat(get("/school").json()).isEqualTo(before);
  }

  @Test
  void the_color_of_the_mails_is_kept_in_small_letters_and_ours_until_one_is_given() {
    assertThat(put("/school", settings().put("color", "#0B5D3A")).get("color"))
        .isEqualTo("#0b5d3a");
    assertThat(get("/school").get("color")).isEqualTo("#0b5d3a");
    assertThat(put("/school", settings().put("color", "#757575")).status())
        .as("just dark enough")
        .isEqualTo(200);
    assertThat(put("/school", settings()).get("color")).isEqualTo("#4b3f8f");
  }

  @Test
  void a_kiosk_scans_at_a_gate_that_was_just_made_and_families_read_its_new_name() {
    TestPupil ana = school.pupil("Ana Rojas");
    Reply made = gate("OESTE", "  Puerta   Oeste ");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.get("name")).isEqualTo("Puerta Oeste");
    assertThat(gate("OESTE", "Otra").status()).isEqualTo(409);
    Reply renamed = put("/gates/" + made.get("id"), new JsonObject().put("name", "Poniente"));
    assertThat(renamed.json())
        .isEqualTo(
            new JsonObject()
                .put("id", made.get("id"))
                .put("gate_id", "OESTE")
                .put("name", "Poniente"));
    server.clock().advance(DeviceService.LIFE);
    JsonObject scan = school.north().read(ana, "IN", server.now()).put("gate_id", "OESTE");
    assertThat(school.north().send(scan).status()).isEqualTo(202);
    assertThat(school.events().getFirst().getString("gate")).isEqualTo("Poniente");
    assertThat(get("/gates").list("items"))
        .extracting(gate -> gate.getString("gate_id"))
        .containsExactly("NORTE", "OESTE", "SUR");
    assertThat(trail("gate.created"))
        .containsExactly("null {\"code\": \"OESTE\", \"name\": \"Puerta Oeste\"}");
    assertThat(trail("gate.changed"))
        .containsExactly("{\"name\": \"Puerta Oeste\"} {\"name\": \"Poniente\"}");
  }

  @Test
  void a_gate_of_another_school_is_not_there() {
    TestSchool other = server.school();
    Reply foreign =
        server.post(
            "/gates",
            other.login(Role.ADMIN),
            new JsonObject().put("gate_id", "OESTE").put("name", "Suya"));
    for (String id : List.of(foreign.get("id"), UUID.randomUUID().toString())) {
      assertThat(put("/gates/" + id, new JsonObject().put("name", "Mía")).status()).isEqualTo(404);
    }
    assertThat(get("/gates").text()).doesNotContain("Suya");
    assertThat(gate("OESTE", "Nuestra").status()).as("codes are each school's own").isEqualTo(201);
  }

  private Reply gate(String code, String name) {
    return server.post(
        "/gates",
        school.login(Role.ADMIN),
        new JsonObject().put("gate_id", code).put("name", name));
  }

  private static JsonObject settings() {
    return new JsonObject()
        .put("name", "Colegio de Prueba")
        .put("country", "CL")
        .put("timezone", "America/Santiago")
        .put("language", "es");
  }

  private Reply get(String path) {
    return server.get(path, school.login(Role.ADMIN));
  }

  private Reply put(String path, JsonObject body) {
    return Reply.of(
        server
            .request(HttpMethod.PUT, "/api/v1" + path)
            .bearerTokenAuthentication(school.login(Role.ADMIN))
            .sendJsonObject(body)
            .await());
  }

  private List<String> trail(String action) {
    return server
        .sql()
        .lines(
            "SELECT before, after FROM audit_log WHERE school_id = ? AND action = ? ORDER BY seq",
            school.id(),
            action);
  }
}
