package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** What a day is compared with. Wednesday the 10th of June is today. */
@ExtendWith(RunningServerExtension.class)
class ArrivalsTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;

  ArrivalsTest(RunningServer server) {
    this.server = server;
    server.clock().advance(Duration.between(server.now(), at("10", "09:00")));
    school = server.schoolOfLastYear();
    kiosk = school.north();
  }

  @Test
  void by_each_minute_it_says_how_many_had_come_and_counts_each_pupil_once() {
    TestPupil ana = school.pupil("Ana Rojas");
    TestPupil beto = school.pupil("Beto Rojas");
    TestPupil celia = school.pupil("Celia Rojas");
    kiosk.in(ana, at("10", "07:40"));
    kiosk.in(beto, at("10", "07:40"));
    kiosk.out(ana, at("10", "07:45"));
    kiosk.in(ana, at("10", "07:50"));
    kiosk.in(celia, at("10", "07:55"));
    kiosk.annul(kiosk.in(school.pupil("Diego Rojas"), at("10", "08:10")).get("event_id"));
    Reply arrivals = school.get("/attendance/arrivals");
    assertThat(arrivals.get("date")).isEqualTo("2026-06-10");
    assertThat(arrivals.get("timezone")).isEqualTo("America/Santiago");
    assertThat(arrivals.list("arrivals")).containsExactly(minute("07:40", 2), minute("07:55", 3));
    assertThat(arrivals.json().containsKey("usual")).isFalse();
  }

  @Test
  void a_usual_day_is_the_median_of_the_same_weekday_before() {
    List<TestPupil> pupils =
        List.of(school.pupil("Ana"), school.pupil("Beto"), school.pupil("Celia"));
    // Two Wednesdays of one pupil at 7:40, one of three at 7:50; a Tuesday tells nothing.
    came("20", "05", pupils.subList(0, 1), "07:40");
    came("27", "05", pupils.subList(0, 1), "07:40");
    came("03", "06", pupils, "07:50");
    came("09", "06", pupils, "07:30");
    JsonObject usual = school.get("/attendance/arrivals").json().getJsonObject("usual");
    assertThat(usual.getInteger("days")).isEqualTo(3);
    assertThat(usual.getJsonArray("arrivals"))
        .containsExactly(minute("07:40", 1), minute("07:50", 1));
  }

  @Test
  void one_day_is_not_called_usual() {
    came("03", "06", List.of(school.pupil("Ana")), "07:50");
    assertThat(school.get("/attendance/arrivals").json().containsKey("usual")).isFalse();
    assertThat(school.get("/attendance/arrivals?date=2026-06-03").list("arrivals"))
        .containsExactly(minute("07:50", 1));
  }

  @Test
  void the_day_before_is_the_last_with_pupils_as_it_stood_at_this_time() {
    TestPupil ana = school.pupil("Ana Rojas");
    TestPupil beto = school.pupil("Beto Rojas");
    TestPupil celia = school.pupil("Celia Rojas");
    school.pupil("Diego Rojas");
    assertThat(school.get("/attendance/day/previous").json()).isEmpty();
    // Friday, at nine: one in time, one late; the third came after nine.
    came("05", "06", List.of(ana), "07:50");
    came("05", "06", List.of(beto), "08:05");
    came("05", "06", List.of(celia), "10:00");
    JsonObject before = school.get("/attendance/day/previous").json();
    assertThat(before.getString("date")).isEqualTo("2026-06-05");
    assertThat(before.getInstant("at")).isEqualTo(at("05", "09:00"));
    JsonObject totals = before.getJsonObject("totals");
    assertThat(totals.getInteger("present")).isEqualTo(2);
    assertThat(totals.getInteger("late")).isEqualTo(1);
    assertThat(totals.getInteger("absent")).isEqualTo(2);
  }

  @Test
  void another_school_sees_nothing_of_it() {
    came("03", "06", List.of(school.pupil("Ana")), "07:50");
    came("27", "05", List.of(school.pupil("Beto")), "07:50");
    kiosk.in(school.pupil("Celia"), at("10", "07:50"));
    TestSchool other = server.school();
    assertThat(other.get("/attendance/arrivals").list("arrivals")).isEmpty();
    assertThat(other.get("/attendance/arrivals").json().containsKey("usual")).isFalse();
    assertThat(other.get("/attendance/day/previous").json()).isEmpty();
  }

  private void came(String day, String month, List<TestPupil> pupils, String time) {
    Instant at = Instant.parse("2026-" + month + "-" + day + "T" + time + ":00-04:00");
    assertThat(
            kiosk
                .sendAll(pupils.stream().map(pupil -> kiosk.read(pupil, "IN", at)).toList())
                .status())
        .isEqualTo(200);
  }

  private static Instant at(String day, String time) {
    return Instant.parse("2026-06-" + day + "T" + time + ":00-04:00");
  }

  private static JsonObject minute(String at, int total) {
    return new JsonObject().put("at", at).put("total", total);
  }
}
