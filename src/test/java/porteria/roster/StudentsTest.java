package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;

@ExtendWith(RunningServerExtension.class)
class StudentsTest {

  private final RunningServer server;
  private final RosterDesk desk;

  StudentsTest(RunningServer server) {
    this.server = server;
    desk = new RosterDesk(server, server.school());
  }

  @Test
  void a_pupil_is_added_enrolled_for_this_year_and_found_again() {
    String guardian = desk.made("/guardians", RosterDesk.guardian("Rosa Soto"));
    Reply made =
        desk.post(
            "/students",
            desk.pupil("2026-17", "  Ana   María Rojas ")
                .put("guardian_ids", new JsonArray().add(guardian)));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    JsonObject found = desk.get("/students/" + made.get("id")).json();
    assertThat(found).isEqualTo(made.json());
    assertThat(found.getString("full_name")).isEqualTo("Ana María Rojas");
    assertThat(found.getString("student_number")).isEqualTo("2026-17");
    assertThat(found.getString("status")).isEqualTo("ACTIVE");
    assertThat(found.getJsonArray("guardian_ids")).containsExactly(guardian);
    List<JsonObject> enrollments =
        desk.get("/enrollments?student_id=" + made.get("id")).list("items");
    assertThat(enrollments).hasSize(1);
    assertThat(enrollments.getFirst().getInteger("school_year")).isEqualTo(2026);
    assertThat(desk.acts(made.get("id"))).containsExactly("student.created null");
  }

  @Test
  void a_number_is_one_pupils_in_its_school_and_free_in_another() {
    desk.made("/students", desk.pupil("7", "Ana Rojas"));
    assertThat(desk.post("/students", desk.pupil("7", "Beto Paz")).status()).isEqualTo(409);
    RosterDesk other = new RosterDesk(server, server.school());
    assertThat(other.post("/students", other.pupil("7", "Beto Paz")).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "nunez, Ñúñez Álvarez Zoé",
    "ÁLVAR, Ñúñez Álvarez Zoé",
    "zoe ñu, Ñúñez Álvarez Zoé",
    "higg, Bernardo O'Higgins",
    "o'h, Bernardo O'Higgins",
    "8-K, Carla Díaz",
    "varez, ''",
    "100, Ana 100%",
    "_, ''",
    "%, ''",
    "\\\\, ''",
    "c%, Carla Díaz",
    "c_rla, ''",
    "c\\\\a, ''",
    "100%, Ana 100%",
    "10%, Ana 100%",
    "1_0, ''",
  })
  void pupils_are_found_by_the_beginning_of_any_word_without_accents_and_case(
      String text, String found) {
    desk.made("/students", desk.pupil("1", "Ñúñez Álvarez Zoé"));
    desk.made("/students", desk.pupil("2", "Bernardo O'Higgins"));
    desk.made("/students", desk.pupil("8-K", "Carla Díaz"));
    desk.made("/students", desk.pupil("3", "Ana 100%"));
    Reply reply =
        Reply.of(
            server
                .request(HttpMethod.GET, "/api/v1/students")
                .addQueryParam("q", text)
                .bearerTokenAuthentication(desk.school().login(Role.INSPECTOR))
                .send()
                .await());
    assertThat(reply.list("items").stream().map(item -> item.getString("full_name")))
        .as(reply.text())
        .containsExactly(found.isEmpty() ? new String[0] : found.split(","));
  }

  @Test
  void pupils_are_listed_by_name_a_page_at_a_time() {
    for (String name : List.of("Úrsula", "ana", "Óscar", "Beto", "Ana")) {
      desk.made("/students", desk.pupil(name, name));
    }
    List<String> names = new ArrayList<>();
    String path = "/students?limit=2";
    for (int page = 0; page < 3; page++) {
      JsonObject body = desk.get(path).json();
      body.getJsonArray("items")
          .forEach(each -> names.add(((JsonObject) each).getString("full_name")));
      path = "/students?limit=2&cursor=" + body.getString("next_cursor");
    }
    assertThat(names).containsExactly("ana", "Ana", "Beto", "Óscar", "Úrsula");
    assertThat(path).endsWith("cursor=null");
  }

  @Test
  void a_pupil_who_leaves_is_inactive_and_may_come_back() {
    TestPupil ana = desk.school().pupil("Ana Rojas");
    String path = "/students/" + ana.id();
    JsonObject body = desk.pupil("1", "Ana Rojas");
    Reply left = desk.put(path, body.put("status", "INACTIVE"));
    assertThat(left.get("inactive_since")).isEqualTo(server.now().toString());
    assertThat(desk.school().north().in(ana, server.now()).status()).isEqualTo(422);
    assertThat(desk.names("/students?status=ACTIVE")).isEmpty();
    assertThat(desk.names("/students?status=INACTIVE")).containsExactly("Ana Rojas");
    Reply back = desk.put(path, body.put("status", "ACTIVE"));
    assertThat(back.json().containsKey("inactive_since")).isFalse();
    assertThat(desk.school().north().in(ana, server.now()).status()).isEqualTo(202);
  }

  @Test
  void a_change_is_audited_by_the_names_of_its_fields_and_no_change_not_at_all() {
    String id = desk.made("/students", desk.pupil("1", "Ana Rojas"));
    JsonObject changed =
        desk.pupil("2", "Ana Rojas")
            .put("course_id", desk.school().course("5.º A", "08:00").toString());
    assertThat(desk.put("/students/" + id, changed).status()).isEqualTo(200);
    assertThat(desk.put("/students/" + id, changed).status()).isEqualTo(200);
    assertThat(desk.acts(id))
        .containsExactly(
            "student.created null",
            "student.changed {\"fields\": [\"student_number\", \"course_id\"]}");
    JsonObject enrollment = desk.get("/enrollments?student_id=" + id).list("items").getFirst();
    assertThat(enrollment.getString("course_id")).isEqualTo(changed.getString("course_id"));
  }

  @Test
  void what_is_of_another_school_is_not_there() {
    RosterDesk other = new RosterDesk(server, server.school());
    String foreign = other.made("/students", other.pupil("1", "Ana Rojas"));
    String guardian = other.made("/guardians", RosterDesk.guardian("Rosa Soto"));
    assertThat(desk.get("/students/" + foreign).status()).isEqualTo(404);
    assertThat(desk.put("/students/" + foreign, desk.pupil("1", "X")).status()).isEqualTo(404);
    assertThat(
            desk.post(
                    "/students/" + foreign + "/erase", new JsonObject().put("reason", "REQUESTED"))
                .status())
        .isEqualTo(404);
    assertThat(desk.names("/students")).isEmpty();
    JsonObject wrong = desk.pupil("1", "Ana").put("course_id", other.school().course().toString());
    Reply refused = desk.post("/students", wrong);
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.list("errors").getFirst().getString("pointer")).isEqualTo("/course_id");
    JsonObject linked = desk.pupil("1", "Ana").put("guardian_ids", new JsonArray().add(guardian));
    assertThat(desk.post("/students", linked).status()).isEqualTo(404);
  }

  @Test
  void inspectors_read_and_admins_write() {
    String id = desk.made("/students", desk.pupil("1", "Ana Rojas"));
    JsonObject body = desk.pupil("1", "Ana Rojas");
    for (String path :
        List.of("/students", "/guardians", "/courses", "/consents", "/enrollments")) {
      assertThat(desk.get(path).status()).as(path).isEqualTo(200);
      assertThat(desk.send(HttpMethod.GET, path, new JsonObject(), Role.TEACHER).status())
          .isEqualTo(403);
      assertThat(desk.send(HttpMethod.POST, path, body, Role.DIRECTOR).status()).isEqualTo(403);
    }
    assertThat(desk.send(HttpMethod.PUT, "/students/" + id, body, Role.DIRECTOR).status())
        .isEqualTo(403);
  }

  @Test
  void what_does_not_fit_the_contract_is_refused() {
    List<JsonObject> wrong =
        List.of(
            desk.pupil("", "Ana"),
            desk.pupil("1\u0000", "Ana"),
            desk.pupil("1", "   "),
            desk.pupil("1", "A\nB"),
            desk.pupil("1", "x".repeat(201)),
            desk.pupil("1", "Ana").put("course_id", "7"),
            desk.pupil("1", "Ana").put("colour", "red"));
    assertThat(wrong)
        .allSatisfy(body -> assertThat(desk.post("/students", body).status()).isEqualTo(400));
    for (String query :
        List.of(
            "q=%00",
            "q=100%",
            "q=%4",
            "q=%zz",
            "%=1&q=ana",
            "status=GONE",
            "cursor=x",
            "limit=0",
            "course_id=7")) {
      assertThat(desk.get("/students?" + query).status()).as(query).isEqualTo(400);
    }
    String id = desk.made("/students", desk.pupil("1", "Ana"));
    assertThat(desk.put("/students/" + id, desk.pupil("1\u0000", "Ana")).status()).isEqualTo(400);
    assertThat(desk.names("/students")).containsExactly("Ana");
  }
}
