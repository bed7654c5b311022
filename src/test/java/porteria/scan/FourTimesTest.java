package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Four times are kept, and the time of occurrence is derived from them. */
@ExtendWith(RunningServerExtension.class)
class FourTimesTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  FourTimesTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @Test
  void all_four_times_are_kept_and_the_skew_is_corrected() {
    Instant captured = server.now().minus(Duration.ofMinutes(13));
    Instant sent = server.now().minus(Duration.ofMinutes(3));
    JsonObject scan = kiosk.read(ana, "IN", captured).put("sent_at", sent.toString());
    Reply reply = kiosk.send(scan);
    Instant occurred = server.now().minus(Duration.ofMinutes(10));
    assertThat(Instant.parse(reply.get("occurred_at"))).isEqualTo(occurred);
    assertThat(reply.flags()).isEmpty();
    assertThat(times(school.events().getFirst()))
        .isEqualTo(
            Map.of(
                "captured_at", captured,
                "sent_at", sent,
                "received_at", server.now(),
                "occurred_at", occurred));
  }

  @Test
  void a_skew_of_more_than_five_minutes_is_flagged_and_nothing_is_discarded() {
    JsonObject scan =
        kiosk
            .read(ana, "IN", server.now().minus(Duration.ofMinutes(60)))
            .put("sent_at", server.now().minus(Duration.ofMinutes(50)).toString());
    Reply reply = kiosk.send(scan);
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.flags()).containsExactly("CLOCK_SKEW");
    assertThat(Instant.parse(reply.get("occurred_at")))
        .isEqualTo(server.now().minus(Duration.ofMinutes(10)));
  }

  @Test
  void a_time_in_the_future_is_clamped_to_the_time_of_receipt() {
    Reply reply = kiosk.in(ana, server.now().plus(Duration.ofDays(400)));
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.flags()).containsExactly("FUTURE_CLAMPED");
    assertThat(Instant.parse(reply.get("occurred_at"))).isEqualTo(server.now());
    assertThat(times(school.events().getFirst()))
        .containsEntry("captured_at", server.now().plus(Duration.ofDays(400)));
  }

  @Test
  void without_a_capture_time_the_time_of_receipt_counts() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    scan.remove("captured_at");
    Reply reply = kiosk.send(scan.put("sent_at", server.now().minusSeconds(100).toString()));
    assertThat(Instant.parse(reply.get("occurred_at"))).isEqualTo(server.now());
    assertThat(times(school.events().getFirst()))
        .containsOnlyKeys("sent_at", "received_at", "occurred_at");
  }

  @Test
  void without_a_sending_time_the_capture_time_is_believed() {
    Instant captured = server.now().minus(Duration.ofMinutes(30));
    JsonObject scan = kiosk.read(ana, "IN", captured);
    Reply reply = server.post("/attendance/scan", kiosk.token(), scan);
    assertThat(Instant.parse(reply.get("occurred_at"))).isEqualTo(captured);
    assertThat(reply.flags()).isEmpty();
  }

  @Test
  void without_both_the_time_of_receipt_counts() {
    JsonObject scan = kiosk.read(ana, "IN", server.now());
    scan.remove("captured_at");
    Reply reply = server.post("/attendance/scan", kiosk.token(), scan);
    assertThat(Instant.parse(reply.get("occurred_at"))).isEqualTo(server.now());
    assertThat(times(school.events().getFirst())).containsOnlyKeys("received_at", "occurred_at");
  }

  @Test
  void a_time_with_an_offset_is_the_instant_that_it_names() {
    JsonObject scan =
        kiosk.read(ana, "IN", server.now()).put("captured_at", "2026-06-10T07:00:00.250-04:00");
    assertThat(kiosk.send(scan).get("occurred_at")).isEqualTo("2026-06-10T11:00:00.250Z");
  }

  @Test
  void a_clock_at_the_ends_of_time_loses_no_scan() {
    JsonObject scan =
        kiosk
            .read(ana, "IN", server.now())
            .put("captured_at", "0001-01-01T00:00:00Z")
            .put("sent_at", "9999-12-31T23:59:59Z");
    Reply reply = kiosk.send(scan);
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.flags()).contains("CLOCK_SKEW", "STALE");
  }

  private static Map<String, Instant> times(JsonObject event) {
    Map<String, Instant> times = new HashMap<>();
    Stream.of("captured_at", "sent_at", "received_at", "occurred_at")
        .filter(event::containsKey)
        .forEach(name -> times.put(name, Instant.parse(event.getString(name))));
    return times;
  }
}
