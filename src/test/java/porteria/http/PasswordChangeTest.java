package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** How people choose another password. */
@ExtendWith(RunningServerExtension.class)
class PasswordChangeTest {

  private static final Duration FORGOTTEN = Duration.ofSeconds(5);
  private static final String WANTED = "tres gatos saltan el muro";

  private final RunningServer server;
  private final TestSchool school;

  PasswordChangeTest(RunningServer server) {
    this.server = server;
    school = server.school();
  }

  @Test
  void another_password_ends_every_session_and_opens_a_new_one() {
    Reply old = school.signIn(Role.INSPECTOR);
    Reply changed = change(old, TestSchool.PASSWORD, WANTED);
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    server.clock().advance(FORGOTTEN);
    assertThat(read(old)).isEqualTo(401);
    assertThat(read(changed)).isEqualTo(200);
    assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(401);
    assertThat(signIn(WANTED).status()).isEqualTo(200);
  }

  @Test
  void a_password_that_guessers_try_first_is_refused_and_nothing_changes() {
    Reply session = school.signIn(Role.INSPECTOR);
    Reply refused = change(session, TestSchool.PASSWORD, "Password2026!");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.list("errors").getFirst().getString("pointer")).isEqualTo("/new_password");
    assertThat(change(session, TestSchool.PASSWORD, "corta").status()).isEqualTo(400);
    assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(200);
  }

  @Test
  void the_current_password_must_be_right_and_guessing_it_is_slowed_down() {
    Reply session = school.signIn(Role.INSPECTOR);
    for (int i = 0; i < 5; i++) {
      assertThat(change(session, "otra clave", WANTED).status()).isEqualTo(401);
    }
    assertThat(change(session, TestSchool.PASSWORD, WANTED).status()).isEqualTo(429);
  }

  @Test
  void it_is_in_the_audit_trail_without_the_password() {
    change(school.signIn(Role.INSPECTOR), TestSchool.PASSWORD, WANTED);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT action FROM audit_log WHERE school_id = ? ORDER BY seq", school.id()))
        .containsExactly("staff.login", "staff.password_changed", "staff.login");
    assertThat(
            server
                .sql()
                .lines("SELECT audit_log::text FROM audit_log WHERE school_id = ?", school.id()))
        .noneMatch(row -> row.contains(WANTED));
  }

  private Reply change(Reply session, String current, String wanted) {
    return server.post(
        "/auth/password",
        session.get("access_token"),
        new JsonObject().put("current_password", current).put("new_password", wanted));
  }

  private Reply signIn(String password) {
    return server.post(
        "/auth/login",
        "none",
        new JsonObject().put("email", school.email(Role.INSPECTOR)).put("password", password));
  }

  private int read(Reply session) {
    return server.get("/attendance/day", session.get("access_token")).status();
  }
}
