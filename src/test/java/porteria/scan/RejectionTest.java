package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porteria.domain.RejectionReason;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Refused scans are stored with a closed reason and without the token. */
@ExtendWith(RunningServerExtension.class)
class RejectionTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  RejectionTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void each_reason_is_answered_stored_and_shown(RejectionReason reason) {
    JsonObject scan = refused(reason);
    Reply reply = kiosk.send(scan);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.get("type")).isEqualTo("urn:porteria:problem:scan-rejected");
    assertThat(reply.get("reason")).isEqualTo(reason.name());
    JsonObject shown = school.rejections().getFirst();
    assertThat(shown.getString("reason")).isEqualTo(reason.name());
    assertThat(shown.getString("gate")).isEqualTo("Puerta Norte");
    assertThat(shown.getLong("local_seq")).isEqualTo(scan.getLong("local_seq"));
    assertThat(school.events()).isEmpty();
    assertThat(school.announced()).isZero();
  }

  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void a_replay_is_refused_for_the_same_reason_and_stored_once(RejectionReason reason) {
    JsonObject scan = refused(reason);
    kiosk.send(scan);
    Reply again = kiosk.send(scan);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.get("reason")).isEqualTo(reason.name());
    assertThat(again.json().getBoolean("duplicate")).isTrue();
    JsonObject verdict = kiosk.verdicts(scan).getFirst();
    assertThat(verdict.getString("status")).isEqualTo("REJECTED");
    assertThat(verdict.getString("reason")).isEqualTo(reason.name());
    assertThat(verdict.getBoolean("retry")).isFalse();
    assertThat(school.rejections()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void the_token_is_stored_nowhere(RejectionReason reason) {
    JsonObject scan = refused(reason);
    String token = scan.getString("token");
    kiosk.send(scan);
    assertThat(school.rejections()).hasSize(1);
    List<String> columns =
        server
            .sql()
            .lines(
                "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE"
                    + " table_schema = 'public' AND data_type IN ('text', 'bytea', 'jsonb')");
    assertThat(columns).anyMatch(column -> column.startsWith("scan_rejection "));
    for (String column : columns) {
      String[] parts = column.split(" ", -1);
      String text = parts[2].equals("bytea") ? "encode(%s, 'escape')" : "%s::text";
      String stored = text.formatted('"' + parts[1] + '"');
      String search =
          "SELECT count(*) FROM \"%s\" WHERE strpos(%s, ?) > 0".formatted(parts[0], stored);
      assertThat(server.sql().number(search, token)).as(column).isZero();
    }
  }

  @Test
  void a_sticker_of_ours_with_the_right_signature_is_read() {
    String token = ana.nfcToken();
    String uri = "https://porteria.example/t/" + token;
    assertThat(kiosk.send(kiosk.read("NFC", uri, "IN")).status()).isEqualTo(202);
    String signed = uri + "?sig=" + school.signature(token);
    assertThat(kiosk.send(kiosk.read("NFC", signed, "OUT")).status()).isEqualTo(202);
  }

  @Test
  void the_dashboard_shows_a_refused_scan_among_the_latest_changes() {
    kiosk.send(refused(RejectionReason.UNKNOWN_TOKEN));
    JsonObject change =
        school.get("/attendance/day").json().getJsonArray("recent").getJsonObject(0);
    assertThat(change.getString("kind")).isEqualTo("REJECTED");
    assertThat(change.getString("reason")).isEqualTo("UNKNOWN_TOKEN");
    assertThat(change.getString("student")).isNull();
  }

  private JsonObject refused(RejectionReason reason) {
    Instant now = server.now();
    return switch (reason) {
      case UNKNOWN_TOKEN -> kiosk.read("NFC", "AAAAAAAAAAAAAAAAAAAAAA", "IN");
      case REVOKED_TAG -> {
        school.revokeCards(ana, now.minusSeconds(10));
        yield kiosk.read(ana, "IN", now);
      }
      case EXPIRED_QR -> kiosk.read("QR", school.ephemeralQr(ana, now.minusSeconds(10)), "IN");
      case BAD_SIGNATURE ->
          kiosk.read("NFC", "https://porteria.example/t/" + ana.nfcToken() + "?sig=forged", "IN");
      case INACTIVE_STUDENT -> {
        school.deactivate(ana, now.minusSeconds(10));
        yield kiosk.read(ana, "IN", now);
      }
      case OTHER_SCHOOL -> kiosk.read(server.school().pupil("Beto Soto"), "IN", now);
    };
  }
}
