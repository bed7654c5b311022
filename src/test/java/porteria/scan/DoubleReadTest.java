package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.device.DeviceService;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** The same pupil and direction within the repeat window is recorded and told to nobody. */
@ExtendWith(RunningServerExtension.class)
class DoubleReadTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  DoubleReadTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @Test
  void a_second_read_within_the_window_is_recorded_and_told_to_nobody() {
    kiosk.in(ana, server.now().minusSeconds(60));
    Reply second = kiosk.in(ana, server.now());
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.flags()).containsExactly("REPEAT");
    assertThat(school.events()).hasSize(2);
    assertThat(school.announced()).isEqualTo(1);
  }

  @Test
  void a_second_read_at_another_gate_is_a_double_read_too() {
    kiosk.in(ana, server.now().minusSeconds(30));
    assertThat(school.south().in(ana, server.now()).flags()).containsExactly("REPEAT");
    assertThat(school.announced()).isEqualTo(1);
  }

  @Test
  void a_second_read_by_the_other_card_is_a_double_read_too() {
    kiosk.in(ana, server.now().minusSeconds(30));
    assertThat(kiosk.send(kiosk.read("QR", ana.qrToken(), "IN")).flags()).containsExactly("REPEAT");
  }

  @Test
  void reads_of_one_batch_are_double_reads_whatever_their_order_in_it() {
    Instant now = server.now();
    List<JsonObject> verdicts =
        kiosk.verdicts(
            kiosk.read(ana, "IN", now.minusSeconds(10)),
            kiosk.read(ana, "IN", now.minusSeconds(30)),
            kiosk.read(ana, "IN", now.minusSeconds(20)));
    assertThat(verdicts)
        .extracting(Reply::flags)
        .containsExactlyInAnyOrder(List.of("REPEAT"), List.of(), List.of("REPEAT"));
    assertThat(school.announced()).isEqualTo(1);
  }

  @Test
  void reads_of_two_batches_are_double_reads() {
    Instant now = server.now();
    TestKiosk south = school.south();
    kiosk.verdicts(kiosk.read(ana, "IN", now.minusSeconds(30)));
    assertThat(south.verdicts(south.read(ana, "IN", now.minusSeconds(20))))
        .extracting(Reply::flags)
        .containsExactly(List.of("REPEAT"));
  }

  @Test
  void the_earlier_of_two_reads_is_the_double_one_when_it_arrives_later() {
    kiosk.in(ana, server.now());
    Reply earlier = school.south().in(ana, server.now().minusSeconds(30));
    assertThat(earlier.flags()).containsExactly("REPEAT");
    assertThat(school.announced()).isEqualTo(1);
  }

  @Test
  void outside_the_window_it_is_told() {
    kiosk.in(ana, server.now().minusSeconds(61));
    assertThat(kiosk.in(ana, server.now()).flags()).containsExactly("IN_WHILE_IN");
    assertThat(school.announced()).isEqualTo(2);
  }

  @Test
  void outside_the_window_an_earlier_read_that_arrives_later_is_told() {
    kiosk.in(ana, server.now());
    assertThat(kiosk.in(ana, server.now().minusSeconds(61)).flags()).isEmpty();
    assertThat(school.announced()).isEqualTo(2);
  }

  @Test
  void a_school_may_have_a_window_of_its_own_and_kiosks_go_by_it_within_seconds() {
    window(200);
    kiosk.in(ana, server.now().minusSeconds(190));
    assertThat(kiosk.in(ana, server.now()).flags()).containsExactly("REPEAT");
    TestSchool other = server.school();
    TestPupil ben = other.pupil("Ben Soto");
    other.north().in(ben, server.now().minusSeconds(190));
    assertThat(other.north().in(ben, server.now()).flags())
        .as("of another school")
        .containsExactly("IN_WHILE_IN");
  }

  @Test
  void a_window_of_nothing_makes_no_double_reads() {
    window(0);
    kiosk.in(ana, server.now().minusSeconds(1));
    assertThat(kiosk.in(ana, server.now()).flags()).containsExactly("IN_WHILE_IN");
  }

  private void window(int seconds) {
    server.sql().lines("UPDATE school SET repeat_seconds = ? WHERE id = ?", seconds, school.id());
    server.clock().advance(DeviceService.LIFE.plusSeconds(1));
  }

  @Test
  void the_opposite_direction_in_between_makes_it_no_double_read() {
    Instant now = server.now();
    kiosk.in(ana, now.minusSeconds(40));
    assertThat(kiosk.out(ana, now.minusSeconds(20)).flags()).isEmpty();
    assertThat(kiosk.in(ana, now).flags()).isEmpty();
    assertThat(school.announced()).isEqualTo(3);
  }

  @Test
  void the_opposite_direction_in_between_counts_within_one_batch() {
    Instant now = server.now();
    assertThat(
            kiosk.verdicts(
                kiosk.read(ana, "IN", now.minusSeconds(40)),
                kiosk.read(ana, "OUT", now.minusSeconds(20)),
                kiosk.read(ana, "IN", now)))
        .extracting(Reply::flags)
        .containsOnly(List.of());
    assertThat(school.announced()).isEqualTo(3);
  }

  @Test
  void the_opposite_direction_in_between_counts_when_all_arrive_backwards() {
    Instant now = server.now();
    assertThat(kiosk.in(ana, now).flags()).isEmpty();
    assertThat(kiosk.out(ana, now.minusSeconds(20)).flags()).containsExactly("OUT_WITHOUT_IN");
    assertThat(kiosk.in(ana, now.minusSeconds(40)).flags()).isEmpty();
    assertThat(school.announced()).isEqualTo(3);
  }

  @Test
  void another_pupil_is_no_double_read() {
    kiosk.in(ana, server.now());
    assertThat(kiosk.in(school.pupil("Beto Rojas"), server.now()).flags()).isEmpty();
    assertThat(school.announced()).isEqualTo(2);
  }

  @Test
  void a_read_that_was_annulled_makes_the_next_no_double_read() {
    Reply first = kiosk.in(ana, server.now().minusSeconds(20));
    kiosk.annul(first.get("event_id"));
    assertThat(kiosk.in(ana, server.now()).flags()).isEmpty();
    assertThat(school.announced()).isEqualTo(1);
  }
}
