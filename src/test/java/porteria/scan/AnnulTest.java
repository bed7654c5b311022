package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Events are taken back, not deleted. */
@ExtendWith(RunningServerExtension.class)
class AnnulTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  AnnulTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @Test
  void a_kiosk_takes_its_own_scan_back_within_a_quarter_of_an_hour() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    server.clock().advance(Duration.ofMinutes(15));
    Reply reply = kiosk.annul(event);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.get("event_id")).isEqualTo(event);
    assertThat(Instant.parse(reply.get("annulled_at"))).isEqualTo(server.now());
  }

  @Test
  void a_kiosk_that_asks_later_is_refused_and_nothing_changes() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    server.clock().advance(Duration.ofMinutes(15).plusMillis(1));
    assertThat(kiosk.annul(event).status()).isEqualTo(403);
    assertThat(school.totals().getInteger("present")).isEqualTo(1);
  }

  @Test
  void the_quarter_of_an_hour_counts_from_receipt_not_from_an_offline_capture() {
    String event = kiosk.in(ana, server.now().minus(Duration.ofHours(1))).get("event_id");
    assertThat(kiosk.annul(event).status()).isEqualTo(200);
  }

  @Test
  void another_kiosk_finds_no_such_event() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    assertThat(school.south().annul(event).status()).isEqualTo(404);
    assertThat(school.totals().getInteger("present")).isEqualTo(1);
  }

  @Test
  void staff_take_any_event_back_at_any_time_with_a_reason_that_is_shown() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    server.clock().advance(Duration.ofHours(3));
    assertThat(asStaff(school, event).status()).isEqualTo(200);
    JsonObject shown = school.events().getFirst();
    assertThat(shown.getString("event_id")).isEqualTo(event);
    assertThat(shown.getString("annul_reason")).isEqualTo("pasó con la tarjeta de su hermana");
    assertThat(Instant.parse(shown.getString("annulled_at"))).isEqualTo(server.now());
  }

  @Test
  void staff_must_state_a_reason() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    for (JsonObject body :
        List.of(new JsonObject(), reason("   "), reason("no"), reason("nul \u0000 byte"))) {
      Reply reply = annul(school, event, body);
      assertThat(reply.status()).as(body.encode()).isEqualTo(400);
    }
    assertThat(school.totals().getInteger("present")).isEqualTo(1);
  }

  @Test
  void asking_twice_gets_the_same_answer_and_changes_nothing_more() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    Reply first = kiosk.annul(event);
    JsonObject day = school.get("/attendance/day").json();
    List<JsonObject> events = school.events();
    server.clock().advance(Duration.ofMinutes(16));
    assertThat(kiosk.annul(event).json()).isEqualTo(first.json());
    assertThat(asStaff(school, event).json()).isEqualTo(first.json());
    assertThat(school.events()).isEqualTo(events);
    // Who is missing, and whether a gate is dark, may have changed by the time alone.
    JsonObject later = school.get("/attendance/day").json();
    assertThat(later.getLong("seq")).isEqualTo(day.getLong("seq"));
    assertThat(later.getJsonArray("recent")).isEqualTo(day.getJsonArray("recent"));
  }

  @Test
  void an_event_of_another_school_is_not_found_by_staff_or_kiosk() {
    TestSchool other = server.school();
    String event = kiosk.in(ana, server.now()).get("event_id");
    assertThat(asStaff(other, event).status()).isEqualTo(404);
    assertThat(other.north().annul(event).status()).isEqualTo(404);
    assertThat(kiosk.annul("00000000-0000-7000-8000-000000000000").status()).isEqualTo(404);
    assertThat(school.totals().getInteger("present")).isEqualTo(1);
  }

  @Test
  void presence_and_the_day_change_with_it() {
    kiosk.in(ana, server.now().minus(Duration.ofMinutes(20)));
    String exit = kiosk.out(ana, server.now()).get("event_id");
    assertThat(school.totals().getInteger("left")).isEqualTo(1);
    long seq = school.get("/attendance/day").json().getLong("seq");
    kiosk.annul(exit);
    JsonObject day = school.get("/attendance/day").json();
    assertThat(day.getLong("seq")).isEqualTo(seq + 1);
    assertThat(day.getJsonObject("totals").getInteger("present")).isEqualTo(1);
    assertThat(day.getJsonObject("totals").getInteger("left")).isZero();
    assertThat(day.getJsonArray("recent").getJsonObject(0).getString("kind")).isEqualTo("ANNULLED");
  }

  @Test
  void a_replay_of_what_was_annulled_is_still_answered_and_not_revived() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    kiosk.annul(kiosk.send(scan).get("event_id"));
    assertThat(kiosk.send(scan).json().getBoolean("duplicate")).isTrue();
    assertThat(school.totals().getInteger("present")).isZero();
  }

  @Test
  void what_was_not_told_yet_is_told_to_nobody() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    Reply reply = kiosk.annul(event);
    assertThat(reply.json().getBoolean("families_told")).isFalse();
    assertThat(school.announced()).isZero();
  }

  @Test
  void while_the_second_read_of_two_stands_the_family_is_told_of_the_entry_all_the_same() {
    String first = kiosk.in(ana, server.now()).get("event_id");
    server.clock().advance(Duration.ofSeconds(20));
    String second = kiosk.in(ana, server.now()).get("event_id");
    assertThat(kiosk.annul(first).json().getBoolean("families_told")).isFalse();
    assertThat(school.announced()).isEqualTo(1);
    assertThat(kiosk.annul(second).json().getBoolean("families_told")).isFalse();
    assertThat(school.announced()).isZero();
  }

  @Test
  void a_teacher_may_not() {
    String event = kiosk.in(ana, server.now()).get("event_id");
    Reply reply =
        server.post(
            "/attendance/events/" + event + "/annul", school.login(Role.TEACHER), reason("otra"));
    assertThat(reply.status()).isEqualTo(403);
  }

  private Reply asStaff(TestSchool asking, String event) {
    return annul(asking, event, reason("pasó con la tarjeta de su hermana"));
  }

  private Reply annul(TestSchool asking, String event, JsonObject body) {
    return server.post(
        "/attendance/events/" + event + "/annul", asking.login(Role.INSPECTOR), body);
  }

  private static JsonObject reason(String text) {
    return new JsonObject().put("reason", text);
  }
}
