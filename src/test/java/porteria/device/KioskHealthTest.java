package porteria.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.bus.Addresses;
import porteria.bus.DeviceReported;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** What staff see of how a kiosk fares, by its heartbeats. */
@ExtendWith(RunningServerExtension.class)
class KioskHealthTest {

  private static final Duration TICK = Duration.ofSeconds(1);

  private final RunningServer server;
  private final TestSchool school;
  private final Reply kiosk;

  KioskHealthTest(RunningServer server) {
    this.server = server;
    school = server.school();
    server.clock().advance(Duration.ofMinutes(1));
    Reply offer =
        server.post(
            "/devices",
            school.login(Role.ADMIN),
            new JsonObject().put("code", "OESTE-1").put("gate_id", "NORTE"));
    kiosk =
        server.post(
            "/devices/enroll",
            "none",
            new JsonObject().put("enrolment_code", offer.get("enrolment_code")));
  }

  @Test
  void every_heartbeat_is_seen_to_the_moment() {
    for (int i = 0; i < 3; i++) {
      server.clock().advance(Duration.ofSeconds(10));
      beat(0, server.now());
      assertThat(device().getString("last_seen")).isEqualTo(server.now().toString());
    }
  }

  @Test
  void how_wrong_its_clock_is_follows_from_when_it_sent() {
    assertThat(device().containsKey("clock_skew_seconds")).as("before it said anything").isFalse();
    beat(0, server.now().plusSeconds(90));
    assertThat(device().getInteger("clock_skew_seconds")).isEqualTo(90);
    beat(0, server.now().minusMillis(2_700));
    assertThat(device().getInteger("clock_skew_seconds")).isEqualTo(-3);
    beat(0, Instant.parse("1970-01-01T00:00:00Z"));
    assertThat(device().getInteger("clock_skew_seconds")).isLessThan(-1_700_000_000);
    beat(0, Instant.parse("9999-01-01T00:00:00Z"));
    assertThat(device().getInteger("clock_skew_seconds")).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void one_that_says_nothing_for_too_long_leaves_its_gate_dark_since_its_last_word() {
    assertThat(device().getBoolean("dark")).as("just enrolled").isFalse();
    beat(0, server.now());
    String last = server.now().toString();
    server.clock().advance(RunningServer.DARK_AFTER);
    assertThat(device().getBoolean("dark")).isFalse();
    server.clock().advance(TICK);
    assertDark("SILENT", last);
    beat(0, server.now());
    assertThat(device().getBoolean("dark")).isFalse();
    assertThat(device().containsKey("dark_reason")).isFalse();
  }

  @Test
  void one_that_holds_scans_leaves_its_gate_dark_from_the_first_report_of_them() {
    beat(0, server.now());
    server.clock().advance(Duration.ofMinutes(1));
    beat(3, server.now());
    String since = server.now().toString();
    server.clock().advance(Duration.ofMinutes(1));
    beat(8, server.now());
    assertDark("QUEUE", since);
    beat(0, server.now());
    assertThat(device().getBoolean("dark")).isFalse();
    server.clock().advance(Duration.ofMinutes(1));
    beat(1, server.now());
    assertDark("QUEUE", server.now().toString());
  }

  @Test
  void one_that_was_revoked_leaves_nothing_dark() {
    server.clock().advance(Duration.ofHours(1));
    assertThat(device().getBoolean("dark")).isTrue();
    server.post(
        "/devices/" + kiosk.get("id") + "/revoke", school.login(Role.ADMIN), new JsonObject());
    assertThat(device().getBoolean("dark")).isFalse();
  }

  @Test
  void who_waits_for_a_kiosk_hears_of_its_report_once_it_is_kept() {
    List<DeviceReported> heard = server.hearing(Addresses.DEVICE_REPORTED);
    assertThat(beat(0, "OESTE", server.now()).status()).isEqualTo(400);
    beat(0, server.now());
    await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .filteredOn(report -> report.schoolId().equals(school.id()))
                    .singleElement()
                    .satisfies(
                        report -> assertThat(report.deviceId()).hasToString(kiosk.get("id"))));
  }

  private void assertDark(String reason, String since) {
    JsonObject device = device();
    assertThat(device.getBoolean("dark")).as(device.encode()).isTrue();
    assertThat(device.getString("dark_reason")).isEqualTo(reason);
    assertThat(device.getString("dark_since")).isEqualTo(since);
  }

  private void beat(int queueLength, Instant sentAt) {
    Reply reply = beat(queueLength, "NORTE", sentAt);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private Reply beat(int queueLength, String gate, Instant sentAt) {
    return server.post(
        "/devices/heartbeat",
        kiosk.get("device_token"),
        new JsonObject()
            .put("device_id", "OESTE-1")
            .put("gate_id", gate)
            .put("queue_len", queueLength)
            .put("version", "1.4.2")
            .put("sent_at", sentAt.toString()));
  }

  private JsonObject device() {
    return school.get("/devices").list("items").stream()
        .filter(device -> kiosk.get("id").equals(device.getString("id")))
        .findFirst()
        .orElseThrow();
  }
}
