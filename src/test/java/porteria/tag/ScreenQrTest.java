package porteria.tag;

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
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** A QR on a screen is good for minutes, as of the capture. */
@ExtendWith(RunningServerExtension.class)
@Telling
class ScreenQrTest {

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;

  ScreenQrTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
  }

  @Test
  void it_is_read_until_it_expires_and_captures_of_before_are_good_for_ever() {
    Reply qr = issue(school, ana);
    assertThat(qr.status()).isEqualTo(201);
    Instant until = Instant.parse(qr.get("expires_at"));
    assertThat(until).isBetween(server.now().plusSeconds(299), server.now().plusSeconds(300));
    JsonObject offline = school.south().read("QR", qr.get("token"), "OUT");
    assertThat(scan(qr).status()).isEqualTo(202);
    server.clock().advance(Duration.ofMinutes(5));
    assertThat(scan(qr).get("reason")).isEqualTo("EXPIRED_QR");
    assertThat(school.south().send(offline).flags()).contains("EXPIRED_LATER");
  }

  @Test
  void handing_it_out_is_in_the_trail_without_the_token() {
    Reply qr = issue(school, ana);
    String entry =
        server
            .sql()
            .lines(
                "SELECT a::text FROM audit_log a WHERE school_id = ? AND action = 'qr.issued'",
                school.id())
            .getFirst();
    assertThat(entry).contains(ana.id().toString()).doesNotContain(qr.get("token"));
  }

  @Test
  void it_is_made_for_active_pupils_of_the_school_alone() {
    assertThat(issue(server.school(), ana).status()).isEqualTo(404);
    school.deactivate(ana, server.now());
    assertThat(issue(school, ana).status()).isEqualTo(409);
  }

  @Test
  void a_parent_gets_it_for_their_own_children_and_others_do_not_exist() {
    TestPupil beto = school.pupil("Beto Rojas");
    TestPupil stranger = school.pupil("Carla Díaz");
    String token = school.parentOf(ana, beto).signIn();
    assertThat(scan(issue(token, beto)).status()).isEqualTo(202);
    TestPupil foreign = server.school().pupil("Diego Paz");
    for (TestPupil other : List.of(stranger, foreign)) {
      Reply refused = issue(token, other);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.text()).doesNotContain("token\":");
    }
    school.deactivate(ana, server.now());
    assertThat(issue(token, ana).status()).isEqualTo(409);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT actor_kind, entity_id FROM audit_log"
                        + " WHERE school_id = ? AND action = 'qr.issued'",
                    school.id()))
        .containsExactly("GUARDIAN " + beto.id());
  }

  private Reply issue(TestSchool by, TestPupil pupil) {
    return issue(by.login(Role.INSPECTOR), pupil);
  }

  private Reply issue(String token, TestPupil pupil) {
    return server.post(
        "/qr/issue", token, new JsonObject().put("student_id", pupil.id().toString()));
  }

  private Reply scan(Reply qr) {
    return school.north().send(school.north().read("QR", qr.get("token"), "IN"));
  }
}
