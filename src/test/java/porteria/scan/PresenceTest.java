package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Presence follows from the day's events by the time they occurred, and no exit is refused. */
@ExtendWith(RunningServerExtension.class)
class PresenceTest {

  private static final Instant NINE = Instant.parse("2026-06-10T13:00:00Z");

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  PresenceTest(RunningServer server) {
    this.server = server;
    server.clock().advance(Duration.between(server.now(), NINE));
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @Test
  void a_shuffled_arrival_gives_the_same_day_as_an_ordered_one() {
    List<Step> steps = steps();
    JsonObject ordered = day(steps);
    Random random = new Random(11);
    for (int round = 0; round < 5; round++) {
      List<Step> shuffled = new ArrayList<>(steps);
      Collections.shuffle(shuffled, random);
      assertThat(day(shuffled)).as("round %s: %s", round, shuffled).isEqualTo(ordered);
    }
    assertThat(ordered)
        .isEqualTo(
            new JsonObject()
                .put("expected", 3)
                .put("present", 1)
                .put("late", 1)
                .put("absent", 1)
                .put("excused", 0)
                .put("held", 0)
                .put("left", 1));
  }

  @Test
  void an_exit_that_arrives_late_does_not_undo_the_entry_after_it() {
    Instant now = server.now();
    kiosk.in(ana, now.minus(Duration.ofMinutes(60)));
    kiosk.in(ana, now.minus(Duration.ofMinutes(10)));
    Reply late = school.south().out(ana, now.minus(Duration.ofMinutes(30)));
    assertThat(late.flags()).isEmpty();
    assertThat(school.totals().getInteger("present")).isEqualTo(1);
    assertThat(school.totals().getInteger("left")).isZero();
  }

  @Test
  void an_entry_that_arrives_after_its_exit_leaves_the_pupil_gone() {
    Instant now = server.now();
    assertThat(kiosk.out(ana, now).flags()).containsExactly("OUT_WITHOUT_IN");
    assertThat(school.south().in(ana, now.minus(Duration.ofMinutes(30))).flags()).isEmpty();
    assertThat(school.totals().getInteger("left")).isEqualTo(1);
    assertThat(school.totals().getInteger("present")).isZero();
    assertThat(school.totals().getInteger("absent")).isZero();
  }

  @Test
  void an_exit_without_an_entry_is_accepted_flagged_and_told() {
    Reply reply = kiosk.out(ana, server.now());
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.flags()).containsExactly("OUT_WITHOUT_IN");
    assertThat(school.announced()).isEqualTo(1);
    assertThat(Reply.flags(school.events().getFirst())).containsExactly("OUT_WITHOUT_IN");
  }

  @Test
  void an_exit_after_an_exit_is_accepted_and_flagged() {
    Instant now = server.now();
    kiosk.in(ana, now.minus(Duration.ofMinutes(30)));
    kiosk.out(ana, now.minus(Duration.ofMinutes(20)));
    Reply again = kiosk.out(ana, now);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.flags()).containsExactly("OUT_WITHOUT_IN");
  }

  @Test
  void an_entry_while_in_is_accepted_and_flagged() {
    kiosk.in(ana, server.now().minus(Duration.ofMinutes(30)));
    Reply again = kiosk.in(ana, server.now());
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.flags()).containsExactly("IN_WHILE_IN");
    assertThat(school.totals().getInteger("present")).isEqualTo(1);
  }

  @Test
  void yesterdays_entry_does_not_make_todays_exit_regular() {
    kiosk.in(ana, server.now().minus(Duration.ofHours(20)));
    assertThat(kiosk.out(ana, server.now()).flags()).containsExactly("OUT_WITHOUT_IN");
  }

  @Test
  void the_day_begins_at_the_schools_midnight() {
    Instant midnight = Instant.parse("2026-06-10T04:00:00Z");
    kiosk.in(ana, midnight.minusMillis(1));
    assertThat(school.totals().getInteger("present")).isZero();
    kiosk.in(school.pupil("Beto Rojas"), midnight);
    assertThat(school.totals().getInteger("present")).isEqualTo(1);
    JsonObject yesterday = school.get("/attendance/day?date=2026-06-09").json();
    assertThat(yesterday.getJsonObject("totals").getInteger("present")).isEqualTo(1);
  }

  /** One pupil in and out, one in, out and in again after eight, one out only. */
  private List<Step> steps() {
    return List.of(
        new Step(0, "IN", "07:31"),
        new Step(1, "IN", "08:05"),
        new Step(0, "OUT", "08:30"),
        new Step(1, "OUT", "08:40"),
        new Step(1, "IN", "08:55"),
        new Step(2, "OUT", "08:57"));
  }

  private record Step(int pupil, String type, String time) {}

  /** The totals of a new school after these steps arrived in this order, one by one. */
  private JsonObject day(List<Step> steps) {
    TestSchool fresh = server.school();
    List<TestPupil> pupils = List.of(fresh.pupil("Ana"), fresh.pupil("Beto"), fresh.pupil("Celia"));
    TestKiosk north = fresh.north();
    steps.forEach(
        step -> {
          Instant at = Instant.parse("2026-06-10T" + step.time() + ":00-04:00");
          north.send(north.read(pupils.get(step.pupil()), step.type(), at));
        });
    return fresh.totals();
  }
}
