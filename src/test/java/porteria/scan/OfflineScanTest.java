package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** A scan captured while offline is judged as of its capture. */
@ExtendWith(RunningServerExtension.class)
class OfflineScanTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  OfflineScanTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @Test
  void a_card_revoked_after_the_capture_is_accepted_and_flagged() {
    school.revokeCards(ana, server.now().minus(Duration.ofMinutes(10)));
    Reply reply = kiosk.in(ana, server.now().minus(Duration.ofMinutes(20)));
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.flags()).containsExactly("REVOKED_LATER");
    assertThat(school.announced()).isEqualTo(1);
  }

  @Test
  void a_card_revoked_before_the_capture_is_refused() {
    school.revokeCards(ana, server.now().minus(Duration.ofMinutes(20)));
    assertRefused(kiosk.in(ana, server.now().minus(Duration.ofMinutes(10))), "REVOKED_TAG");
  }

  @Test
  void revocation_is_compared_with_the_corrected_time_of_a_kiosk_with_a_wrong_clock() {
    school.revokeCards(ana, server.now().minus(Duration.ofMinutes(10)));
    JsonObject early =
        kiosk
            .read(ana, "IN", server.now().plus(Duration.ofMinutes(40)))
            .put("sent_at", server.now().plus(Duration.ofMinutes(60)).toString());
    assertThat(kiosk.send(early).flags()).containsExactly("CLOCK_SKEW", "REVOKED_LATER");
    JsonObject late =
        kiosk
            .read(ana, "OUT", server.now().minus(Duration.ofMinutes(65)))
            .put("sent_at", server.now().minus(Duration.ofMinutes(60)).toString());
    assertRefused(kiosk.send(late), "REVOKED_TAG");
  }

  @Test
  void a_qr_that_is_good_is_accepted_without_a_flag() {
    Reply reply = sendQr(server.now().plusSeconds(60), server.now());
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.flags()).isEmpty();
    assertThat(reply.json().getJsonObject("student").getString("first_name")).isEqualTo("Ana");
  }

  @Test
  void a_qr_that_expired_after_the_capture_is_accepted_and_flagged() {
    Instant now = server.now();
    Reply reply = sendQr(now.minusSeconds(60), now.minusSeconds(90));
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.flags()).containsExactly("EXPIRED_LATER");
  }

  @Test
  void a_qr_that_expired_before_the_capture_is_refused_and_not_flagged_as_expired_later() {
    Instant now = server.now();
    assertRefused(sendQr(now.minusSeconds(90), now.minusSeconds(60)), "EXPIRED_QR");
    assertThat(Reply.flags(school.rejections().getFirst())).isEmpty();
  }

  @Test
  void a_pupil_made_inactive_after_the_capture_is_accepted_and_flagged() {
    school.deactivate(ana, server.now().minus(Duration.ofMinutes(10)));
    Reply reply = kiosk.in(ana, server.now().minus(Duration.ofMinutes(20)));
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.flags()).containsExactly("INACTIVE_LATER");
  }

  @Test
  void a_pupil_made_inactive_before_the_capture_is_refused() {
    school.deactivate(ana, server.now().minus(Duration.ofMinutes(20)));
    assertRefused(kiosk.in(ana, server.now().minus(Duration.ofMinutes(10))), "INACTIVE_STUDENT");
  }

  private Reply sendQr(Instant until, Instant capturedAt) {
    return kiosk.send(
        kiosk
            .read("QR", school.ephemeralQr(ana, until), "IN")
            .put("captured_at", capturedAt.toString()));
  }

  private static void assertRefused(Reply reply, String reason) {
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.get("type")).isEqualTo("urn:porteria:problem:scan-rejected");
    assertThat(reply.get("reason")).isEqualTo(reason);
  }
}
