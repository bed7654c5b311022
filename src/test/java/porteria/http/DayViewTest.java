package porteria.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** What staff read of a day, and that it is their school's alone. */
@ExtendWith(RunningServerExtension.class)
class DayViewTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;

  DayViewTest(RunningServer server) {
    this.server = server;
    server.clock().advance(Duration.between(server.now(), at("09:00")));
    school = server.school();
    kiosk = school.north();
  }

  @Test
  void counts_expected_present_late_absent_and_left_by_course() {
    UUID afternoon = school.course("5.º Básico A", "13:00");
    TestPupil onTime = school.pupil("Ana Rojas");
    TestPupil late = school.pupil("Beto Rojas");
    TestPupil gone = school.pupil("Celia Rojas");
    school.pupil("Diego Rojas");
    TestPupil inactive = school.pupil("Elsa Rojas");
    school.deactivate(inactive, at("00:00"));
    TestPupil early = school.pupil("Fidel Rojas", afternoon);
    kiosk.in(onTime, at("08:00"));
    kiosk.in(late, at("08:01"));
    kiosk.in(gone, at("08:30"));
    kiosk.out(gone, at("08:50"));
    kiosk.in(early, at("08:55"));
    JsonObject day = school.get("/attendance/day").json();
    assertThat(day.getString("date")).isEqualTo("2026-06-10");
    assertThat(day.getString("timezone")).isEqualTo("America/Santiago");
    assertThat(day.getLong("seq")).isEqualTo(5);
    assertThat(day.getJsonArray("courses").getJsonObject(0))
        .isEqualTo(
            counts(4, 2, 2, 1, 1)
                .put("course_id", school.course().toString())
                .put("name", "4.º Básico B"));
    assertThat(day.getJsonArray("courses").getJsonObject(1))
        .isEqualTo(
            counts(1, 1, 0, 0, 0)
                .put("course_id", afternoon.toString())
                .put("name", "5.º Básico A"));
    assertThat(day.getJsonObject("totals")).isEqualTo(counts(5, 3, 2, 1, 1));
    assertThat(day.getJsonArray("recent")).hasSize(5);
  }

  @Test
  void nobody_is_expected_on_a_weekday_without_a_schedule() {
    server.sql().lines("DELETE FROM schedule WHERE school_id = ? AND weekday = 6", school.id());
    school.pupil("Ana Rojas");
    JsonObject sunday = school.get("/attendance/day?date=2026-06-07").json();
    assertThat(sunday.getJsonObject("totals")).isEqualTo(counts(0, 0, 0, 0, 0));
    JsonObject monday = school.get("/attendance/day?date=2026-06-08").json();
    assertThat(monday.getJsonObject("totals")).isEqualTo(counts(1, 0, 0, 1, 0));
  }

  @Test
  void pages_of_events_have_no_gap_and_no_repeat_also_among_equal_times() {
    List<TestPupil> pupils =
        IntStream.range(0, 25).mapToObj(number -> school.pupil("Pupil " + number)).toList();
    kiosk.sendAll(pupils.stream().map(pupil -> kiosk.read(pupil, "IN", at("08:00"))).toList());
    Set<String> expected =
        school.events().stream().map(event -> event.getString("event_id")).collect(toSet());
    assertThat(expected).hasSize(25);
    List<String> seen = walk("/attendance/events?limit=7", "event_id");
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void a_page_is_not_shifted_by_what_happens_while_someone_pages() {
    TestPupil ana = school.pupil("Ana Rojas");
    for (int minute = 10; minute < 16; minute++) {
      kiosk.in(ana, at("08:" + minute));
    }
    Reply first = school.get("/attendance/events?limit=3");
    kiosk.out(ana, at("08:59"));
    Reply second = school.get("/attendance/events?limit=3&cursor=" + first.get("next_cursor"));
    assertThat(second.list("items"))
        .extracting(event -> Instant.parse(event.getString("occurred_at")))
        .containsExactly(at("08:12"), at("08:11"), at("08:10"));
    assertThat(second.json().getString("next_cursor")).isNull();
  }

  @Test
  void pages_of_rejections_have_no_gap_and_no_repeat() {
    kiosk.sendAll(
        IntStream.range(0, 11).mapToObj(i -> kiosk.read("NFC", "unknown-" + i, "IN")).toList());
    assertThat(walk("/attendance/rejections?limit=4", "rejection_id"))
        .hasSize(11)
        .doesNotHaveDuplicates();
  }

  @Test
  void events_are_found_by_pupil_course_and_time() {
    TestPupil ana = school.pupil("Ana Rojas");
    TestPupil beto = school.pupil("Beto Rojas", school.course("5.º Básico A", "08:00"));
    kiosk.in(ana, at("08:00"));
    kiosk.in(beto, at("08:10"));
    kiosk.out(ana, at("08:20"));
    assertThat(found("student_id=" + ana.id())).isEqualTo(2);
    assertThat(found("course_id=" + school.course())).isEqualTo(2);
    assertThat(found("from=" + at("08:10"))).isEqualTo(2);
    assertThat(found("to=" + at("08:10"))).isEqualTo(1);
    assertThat(found("from=2026-06-10T14:10:00%2B02:00"))
        .as("a plus sign that was encoded is one")
        .isEqualTo(2);
    assertThat(found("from=" + at("08:10") + "&to=" + at("08:20"))).isEqualTo(1);
  }

  @Test
  void another_school_sees_nothing_of_it() {
    TestPupil ana = school.pupil("Ana Rojas");
    kiosk.in(ana, at("08:00"));
    kiosk.send(kiosk.read("NFC", "unknown", "IN"));
    TestSchool other = server.school();
    assertThat(other.events()).isEmpty();
    assertThat(other.rejections()).isEmpty();
    assertThat(other.get("/attendance/events?student_id=" + ana.id()).list("items")).isEmpty();
    assertThat(other.get("/attendance/events?course_id=" + school.course()).list("items"))
        .isEmpty();
    JsonObject day = other.get("/attendance/day").json();
    assertThat(day.getJsonObject("totals")).isEqualTo(counts(0, 0, 0, 0, 0));
    assertThat(day.getJsonArray("recent")).isEmpty();
    assertThat(day.getLong("seq")).isZero();
    // A cursor of the other school opens nothing either.
    kiosk.out(ana, at("08:30"));
    String cursor = school.get("/attendance/events?limit=1").get("next_cursor");
    assertThat(other.get("/attendance/events?cursor=" + cursor).list("items")).isEmpty();
  }

  @Test
  void the_database_itself_shows_the_web_role_no_row_of_another_school() {
    kiosk.in(school.pupil("Ana Rojas"), at("08:00"));
    UUID other = server.school().id();
    server.sql().lines("SET ROLE porteria_web");
    try {
      server.sql().lines("SELECT set_config('porteria.school', ?, false)", other.toString());
      assertThat(server.sql().number("SELECT count(*) FROM attendance_event")).isZero();
      server.sql().lines("SELECT set_config('porteria.school', ?, false)", school.id().toString());
      assertThat(server.sql().number("SELECT count(*) FROM attendance_event")).isEqualTo(1);
    } finally {
      server.sql().lines("RESET ROLE");
    }
  }

  private int found(String query) {
    return school.get("/attendance/events?" + query).list("items").size();
  }

  private List<String> walk(String path, String id) {
    List<String> seen = new ArrayList<>();
    Reply page = school.get(path);
    while (true) {
      page.list("items").forEach(item -> seen.add(item.getString(id)));
      String cursor = page.json().getString("next_cursor");
      if (cursor == null || seen.size() > 1_000) {
        return seen;
      }
      page = school.get(path + "&cursor=" + cursor);
    }
  }

  private static Instant at(String time) {
    return Instant.parse("2026-06-10T" + time + ":00-04:00");
  }

  private static JsonObject counts(int expected, int present, int late, int absent, int left) {
    return new JsonObject()
        .put("expected", expected)
        .put("present", present)
        .put("late", late)
        .put("absent", absent)
        .put("excused", 0)
        .put("held", 0)
        .put("left", left);
  }
}
