package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;

/** Courses, their hours, enrolments and consents. */
@ExtendWith(RunningServerExtension.class)
class CoursesTest {

  private final RunningServer server;
  private final RosterDesk desk;

  CoursesTest(RunningServer server) {
    this.server = server;
    desk = new RosterDesk(server, server.school());
  }

  @Test
  void a_course_is_added_renamed_and_listed_by_name() {
    String id = desk.made("/courses", course("1.º A"));
    assertThat(desk.post("/courses", course("1.º A")).status()).isEqualTo(409);
    assertThat(desk.put("/courses/" + id, course("1.º B")).get("name")).isEqualTo("1.º B");
    assertThat(desk.get("/courses/" + id).get("name")).isEqualTo("1.º B");
    assertThat(desk.get("/courses").list("items").stream().map(each -> each.getString("name")))
        .containsExactly("1.º B", "4.º Básico B");
    assertThat(desk.get("/courses?limit=1").json().getString("next_cursor")).isNotEmpty();
    assertThat(desk.acts(id))
        .containsExactly("course.created null", "course.changed {\"fields\": [\"name\"]}");
  }

  @Test
  void hours_run_forward_and_are_one_a_weekday() {
    String course = desk.made("/courses", course("1.º A"));
    String monday = desk.made("/schedules/base", hours(course, 0, "08:00", "15:30"));
    assertThat(desk.post("/schedules/base", hours(course, 0, "09:00", "15:30")).status())
        .isEqualTo(409);
    for (String out : List.of("08:00", "07:59")) {
      Reply refused = desk.post("/schedules/base", hours(course, 1, "08:00", out));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.list("errors").getFirst().getString("pointer")).isEqualTo("/out_time");
    }
    for (String out : List.of("24:00", "8:00", "15:60", "15:30:00")) {
      assertThat(desk.post("/schedules/base", hours(course, 1, "07:00", out)).status())
          .as(out)
          .isEqualTo(400);
    }
    assertThat(desk.post("/schedules/base", hours(course, 7, "08:00", "15:30")).status())
        .isEqualTo(400);
    JsonObject later = new JsonObject().put("in_time", "08:15").put("out_time", "15:30");
    assertThat(desk.put("/schedules/base/" + monday, later).get("in_time")).isEqualTo("08:15");
    assertThat(desk.get("/schedules/base?course_id=" + course).list("items"))
        .singleElement()
        .matches(each -> each.getString("in_time").equals("08:15"));
    assertThat(desk.delete("/schedules/base/" + monday).status()).isEqualTo(204);
    assertThat(desk.delete("/schedules/base/" + monday).status()).isEqualTo(404);
    assertThat(desk.get("/schedules/base?course_id=" + course).list("items")).isEmpty();
    assertThat(desk.acts(monday))
        .containsExactly(
            "schedule.created null",
            "schedule.changed {\"fields\": [\"in_time\"]}",
            "schedule.removed null");
  }

  @Test
  void the_enrolment_of_this_year_is_the_pupils_course_and_that_of_the_next_is_not_yet() {
    String ana = desk.made("/students", desk.pupil("1", "Ana"));
    String next = desk.made("/courses", course("5.º B"));
    desk.made("/enrollments", enrollment(ana, next, 2027));
    assertThat(desk.post("/enrollments", enrollment(ana, next, 2027)).status()).isEqualTo(409);
    assertThat(courseOf(ana)).isEqualTo(desk.school().course().toString());
    String thisYear =
        desk.get("/enrollments?school_year=2026&student_id=" + ana)
            .list("items")
            .getFirst()
            .getString("id");
    assertThat(
            desk.put("/enrollments/" + thisYear, new JsonObject().put("course_id", next)).status())
        .isEqualTo(200);
    assertThat(courseOf(ana)).isEqualTo(next);
    assertThat(desk.get("/enrollments?course_id=" + next).list("items")).hasSize(2);
  }

  @Test
  void a_consent_is_of_a_guardian_who_answers_for_the_pupil() {
    String rosa = desk.made("/guardians", RosterDesk.guardian("Rosa"));
    String pedro = desk.made("/guardians", RosterDesk.guardian("Pedro"));
    JsonArray guardians = new JsonArray().add(rosa);
    String ana = desk.made("/students", desk.pupil("1", "Ana").put("guardian_ids", guardians));
    JsonObject terms = terms("2026-03-01T10:00:00Z");
    JsonObject signed = terms.copy().put("student_id", ana).put("guardian_id", rosa);
    String id = desk.made("/consents", signed);
    assertThat(desk.post("/consents", signed.copy().put("guardian_id", pedro)).status())
        .isEqualTo(400);
    assertThat(desk.get("/consents?student_id=" + ana).list("items"))
        .singleElement()
        .matches(each -> each.getJsonArray("scopes").contains("PHOTO"));
    JsonObject withdrawn = terms.copy().put("expires_at", server.now().toString());
    assertThat(desk.put("/consents/" + id, withdrawn).get("expires_at"))
        .isEqualTo(server.now().toString());
    assertThat(desk.acts(id))
        .containsExactly("consent.created null", "consent.changed {\"fields\": [\"expires_at\"]}");
    assertThat(desk.put("/consents/" + id, terms("2027-01-01T00:00:00Z")).status()).isEqualTo(400);
    assertThat(
            desk.put("/consents/" + id, terms.copy().put("expires_at", "2026-02-01T00:00:00Z"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void what_is_of_another_school_is_not_there() {
    RosterDesk other = new RosterDesk(server, server.school());
    String course = other.school().course().toString();
    String ana = other.made("/students", other.pupil("1", "Ana"));
    String rosa = other.made("/guardians", RosterDesk.guardian("Rosa"));
    String enrollment =
        other.get("/enrollments?student_id=" + ana).list("items").getFirst().getString("id");
    String monday =
        other.get("/schedules/base?course_id=" + course).list("items").getFirst().getString("id");
    String unknown = UUID.randomUUID().toString();
    JsonObject span = new JsonObject().put("in_time", "08:15").put("out_time", "15:30");
    assertThat(
            List.of(
                desk.get("/courses/" + course),
                desk.get("/courses/" + unknown),
                desk.put("/courses/" + course, course("X")),
                desk.post("/schedules/base", hours(course, 0, "08:00", "15:30")),
                desk.put("/schedules/base/" + monday, span),
                desk.delete("/schedules/base/" + monday),
                desk.post("/enrollments", enrollment(ana, course, 2027)),
                desk.put("/enrollments/" + enrollment, new JsonObject().put("course_id", course)),
                desk.post(
                    "/consents",
                    terms("2026-03-01T10:00:00Z").put("student_id", ana).put("guardian_id", rosa)),
                desk.put("/consents/" + unknown, terms("2026-03-01T10:00:00Z"))))
        .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isEqualTo(404));
  }

  private String courseOf(String student) {
    return desk.get("/students/" + student).json().getJsonObject("course").getString("id");
  }

  private static JsonObject course(String name) {
    return new JsonObject().put("name", name).put("grade", "1");
  }

  private static JsonObject hours(String course, int weekday, String in, String out) {
    return new JsonObject()
        .put("course_id", course)
        .put("weekday", weekday)
        .put("in_time", in)
        .put("out_time", out);
  }

  private static JsonObject enrollment(String student, String course, int year) {
    return new JsonObject()
        .put("student_id", student)
        .put("course_id", course)
        .put("school_year", year);
  }

  private static JsonObject terms(String signedAt) {
    return new JsonObject().put("scopes", new JsonArray().add("PHOTO")).put("signed_at", signedAt);
  }
}
