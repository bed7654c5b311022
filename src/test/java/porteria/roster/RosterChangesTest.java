package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.multipart.MultipartForm;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.bus.Addresses;
import porteria.bus.RosterChanged;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;

/** What works by the roster hears of its changes, once each is committed. */
@ExtendWith(RunningServerExtension.class)
class RosterChangesTest {

  private final RunningServer server;
  private final RosterDesk desk;
  private final List<RosterChanged> heard;

  RosterChangesTest(RunningServer server) {
    this.server = server;
    desk = new RosterDesk(server, server.school());
    heard = server.hearing(Addresses.ROSTER_CHANGED);
  }

  @Test
  void a_pupil_who_changes_course_concerns_both_courses() {
    UUID before = desk.school().course();
    UUID after = desk.school().course("5.º A", "08:00");
    String ana = desk.made("/students", desk.pupil("1", "Ana"));
    awaitHeard(List.of(Set.of(before)));
    JsonObject moved = desk.pupil("1", "Ana").put("course_id", after.toString());
    desk.put("/students/" + ana, moved);
    awaitHeard(List.of(Set.of(before), Set.of(before, after)));
  }

  @Test
  void hours_and_courses_concern_their_course_and_guardians_any() {
    String course = desk.made("/courses", new JsonObject().put("name", "6.º A").put("grade", "6"));
    JsonObject hours = new JsonObject().put("in_time", "08:00").put("out_time", "15:00");
    String monday =
        desk.made("/schedules/base", hours.copy().put("course_id", course).put("weekday", 0));
    desk.put("/schedules/base/" + monday, hours.put("in_time", "09:00"));
    desk.delete("/schedules/base/" + monday);
    desk.made("/guardians", RosterDesk.guardian("Rosa"));
    Set<UUID> only = Set.of(UUID.fromString(course));
    awaitHeard(List.of(only, only, only, only, Set.of()));
  }

  @Test
  void a_file_is_one_change_and_what_changes_nothing_is_none() {
    String file = "student_number,full_name,course,grade\n1,Ana,1.º A,1\n2,Beto,1.º A,1\n";
    load(file);
    load(file);
    desk.post("/students", desk.pupil("1", "Una de más"));
    desk.put(
        "/students/" + desk.get("/students?q=ana").list("items").getFirst().getString("id"),
        desk.pupil("1", "Ana")
            .put("course_id", course("1.º A"))
            .put("guardian_ids", new JsonArray()));
    desk.made("/guardians", RosterDesk.guardian("Rosa"));
    awaitHeard(List.of(Set.of(), Set.of()));
  }

  @Test
  void the_schools_time_zone_concerns_all() {
    JsonObject settings =
        new JsonObject()
            .put("name", "Colegio")
            .put("country", "CL")
            .put("timezone", "America/Punta_Arenas")
            .put("language", "es");
    assertThat(desk.put("/school", settings).status()).isEqualTo(200);
    awaitHeard(List.of(Set.of()));
  }

  /** Waits for what was heard of this school: the courses of each change. */
  private void awaitHeard(List<Set<UUID>> courses) {
    await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .filteredOn(change -> change.schoolId().equals(desk.school().id()))
                    .extracting(RosterChanged::courseIds)
                    .isEqualTo(courses));
  }

  private String course(String name) {
    return desk.get("/courses").list("items").stream()
        .filter(course -> name.equals(course.getString("name")))
        .findFirst()
        .orElseThrow()
        .getString("id");
  }

  private void load(String file) {
    server
        .request(HttpMethod.POST, "/api/v1/roster/import")
        .bearerTokenAuthentication(desk.school().login(Role.ADMIN))
        .sendMultipartForm(
            MultipartForm.create()
                .binaryFileUpload("file", "a.csv", Buffer.buffer(file), "text/csv"))
        .await();
  }
}
