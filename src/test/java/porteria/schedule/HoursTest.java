package porteria.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** Which hours hold, and what exceptions are taken. Today is Wednesday, 10 June 2026. */
@ExtendWith(RunningServerExtension.class)
class HoursTest {

  private static final String THURSDAY = "2026-06-11";

  private final RunningServer server;
  private final TestSchool school;
  private final String course;

  HoursTest(RunningServer server) {
    this.server = server;
    school = server.school();
    course = school.course().toString();
  }

  private Reply except(JsonObject exception) {
    return server.post("/schedules/exceptions", school.login(Role.DIRECTOR), exception);
  }

  private static JsonObject global(String date) {
    return new JsonObject().put("scope", "GLOBAL").put("date", date).put("reason", "Consejo");
  }

  private JsonObject ofCourse(String date) {
    return global(date).put("scope", "COURSE").put("course_id", course);
  }

  private JsonObject effective(String date) {
    return school.get("/schedules/effective?course_id=" + course + "&date=" + date).json();
  }

  private Reply withdraw(TestSchool by, String id) {
    return Reply.of(
        server
            .request(HttpMethod.DELETE, "/api/v1/schedules/exceptions/" + id)
            .bearerTokenAuthentication(by.login(Role.DIRECTOR))
            .send()
            .await());
  }

  @Test
  void without_exceptions_the_base_schedule_holds() {
    assertThat(effective(THURSDAY))
        .isEqualTo(
            new JsonObject()
                .put("course_id", course)
                .put("date", THURSDAY)
                .put("in_time", "08:00")
                .put("out_time", "23:00")
                .put("closed", false)
                .put("expects_pupils", true)
                .put("source", new JsonObject().put("in_time", "BASE").put("out_time", "BASE")));
  }

  @Test
  void each_field_comes_from_the_most_specific_source_that_says_it() {
    except(global(THURSDAY).put("in_time", "09:00").put("out_time", "12:00"));
    except(ofCourse(THURSDAY).put("in_time", "10:00"));
    JsonObject effective = effective(THURSDAY);
    assertThat(effective.getString("in_time")).isEqualTo("10:00");
    assertThat(effective.getString("out_time")).isEqualTo("12:00");
    assertThat(effective.getJsonObject("source"))
        .isEqualTo(
            new JsonObject()
                .put("in_time", "COURSE_EXCEPTION")
                .put("out_time", "GLOBAL_EXCEPTION"));
    assertThat(effective("2026-06-12").getString("in_time")).isEqualTo("08:00");
  }

  @Test
  void a_closed_day_has_no_hours_and_says_who_closed_it() {
    except(global(THURSDAY).put("closed", true));
    JsonObject effective = effective(THURSDAY);
    assertThat(effective.getBoolean("closed")).isTrue();
    assertThat(effective.getString("in_time")).isNull();
    assertThat(effective.getJsonObject("source"))
        .isEqualTo(new JsonObject().put("closed", "GLOBAL_EXCEPTION"));
    assertThat(
            school
                .get("/attendance/day?date=" + THURSDAY)
                .json()
                .getJsonObject("totals")
                .getInteger("expected"))
        .isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"closed":true,"in_time":"09:00"}    | closed: a closed day has no in_time and no out_time
          {}                                   | gives in_time, out_time or both, or says closed
          {"in_time":"12:00","out_time":"11:00"} | enter at 12:00 and leave at 11:00
          {"in_time":"23:00"}                  | enter at 23:00 and leave at 23:00
          {"date":"2026-06-09","closed":true}  | 2026-06-09 is past; allowed is the school's today, 2026-06-10
          {"date":"2026-02-30","closed":true}  | The date is not valid
          {"in_time":"25:00"}                  | does not fit the contract
          {"scope":"COURSE","closed":true}     | The scope and the course do not fit
          """)
  void what_makes_no_sense_is_refused_saying_what_is_allowed(String said, String detail) {
    Reply reply = except(global(THURSDAY).mergeIn(new JsonObject(said)));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.get("detail")).contains(detail);
    assertThat(effective(THURSDAY).getString("in_time")).isEqualTo("08:00");
  }

  @Test
  void one_exception_a_date_and_scope() {
    assertThat(except(global(THURSDAY).put("closed", true)).status()).isEqualTo(201);
    Reply second = except(global(THURSDAY).put("in_time", "09:00"));
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.get("detail")).contains("withdraw it first");
    assertThat(except(ofCourse(THURSDAY).put("in_time", "09:00")).status()).isEqualTo(201);
  }

  @Test
  void who_withdraws_an_exception_gets_the_usual_hours_back_and_both_are_in_the_trail() {
    String id = except(global(THURSDAY).put("in_time", "09:30")).get("id");
    assertThat(withdraw(server.school(), id).status()).as("another school's").isEqualTo(404);
    assertThat(withdraw(school, id).status()).isEqualTo(204);
    assertThat(withdraw(school, id).status()).isEqualTo(404);
    assertThat(effective(THURSDAY).getString("in_time")).isEqualTo("08:00");
    List<String> acts =
        server
            .get("/audit?entity=schedule_exception", school.login(Role.DIRECTOR))
            .list("items")
            .stream()
            .map(entry -> entry.getString("action"))
            .toList();
    assertThat(acts)
        .containsExactlyInAnyOrder("schedule_exception.created", "schedule_exception.withdrawn");
  }

  @Test
  void exceptions_are_listed_by_date_page_by_page() {
    for (String date : List.of("2026-06-14", "2026-06-12", "2026-06-13", THURSDAY)) {
      except(global(date).put("closed", true));
    }
    String director = school.login(Role.DIRECTOR);
    Reply first = server.get("/schedules/exceptions?from=2026-06-12&limit=2", director);
    assertThat(dates(first)).containsExactly("2026-06-12", "2026-06-13");
    Reply rest =
        server.get(
            "/schedules/exceptions?from=2026-06-12&limit=2&cursor=" + first.get("next_cursor"),
            director);
    assertThat(dates(rest)).containsExactly("2026-06-14");
    assertThat(rest.json().getString("next_cursor")).isNull();
  }

  private static List<String> dates(Reply page) {
    return page.list("items").stream().map(item -> item.getString("date")).toList();
  }

  @Test
  void a_course_of_another_school_is_not_there() {
    String foreign = server.school().course().toString();
    assertThat(except(ofCourse(THURSDAY).put("course_id", foreign).put("closed", true)).status())
        .isEqualTo(404);
    assertThat(school.get("/schedules/effective?course_id=" + foreign).status()).isEqualTo(404);
    assertThat(school.get("/schedules/effective?course_id=" + UUID.randomUUID()).status())
        .isEqualTo(404);
  }
}
