package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** What the audit trail of a school says of those who were kept out. */
@ExtendWith(RunningServerExtension.class)
class SignInAuditTest {

  private static final String FAILED = "staff.login_failed";
  private static final String LOCKED = "staff.locked";

  private final RunningServer server;
  private final TestSchool school;
  private final String person;

  SignInAuditTest(RunningServer server) {
    this.server = server;
    school = server.school();
    person = school.email(Role.INSPECTOR);
  }

  @Test
  void a_wrong_password_is_written_down_with_the_person_meant_and_the_address() {
    assertThat(signIn(person, "otra clave").status()).isEqualTo(401);
    JsonObject entry = awaitEntries(FAILED, 1).getFirst();
    assertThat(entry.getString("entity")).isEqualTo("staff_user");
    assertThat(entry.getString("entity_id")).isEqualTo(inspector());
    assertThat(entry.getJsonObject("after")).isEqualTo(new JsonObject().put("failures", 1));
    assertThat(entry.getJsonObject("actor"))
        .isEqualTo(new JsonObject().put("kind", "ANONYMOUS").put("ip", "127.0.0.1"));
  }

  @Test
  void the_failure_that_closes_a_mailbox_says_so_and_what_is_tried_meanwhile_adds_nothing() {
    for (int failures = 1; failures <= 5; failures++) {
      assertThat(signIn(person, "otra clave").status()).isEqualTo(401);
      awaitEntries(FAILED, failures);
    }
    assertThat(signIn(person, TestSchool.PASSWORD).status()).isEqualTo(429);
    JsonObject locked = awaitEntries(LOCKED, 1).getFirst();
    assertThat(locked.getString("entity_id")).isEqualTo(inspector());
    assertThat(locked.getJsonObject("after")).isEqualTo(new JsonObject().put("failures", 5));
    assertThat(entries(FAILED)).hasSize(5);
  }

  @Test
  void a_person_who_is_locked_is_written_down_with_the_right_password_too() {
    server.sql().lines("UPDATE staff_user SET locked_at = now() WHERE id = ?::uuid", inspector());
    assertThat(signIn(person, TestSchool.PASSWORD).status()).isEqualTo(401);
    awaitEntries(FAILED, 1);
  }

  @Test
  void a_mailbox_that_nobody_has_stands_in_no_trail() {
    signIn("nadie." + school.id() + "@example.test", "otra clave");
    signIn(person, "otra clave");
    awaitEntries(FAILED, 1);
    assertThat(server.sql().number("SELECT count(*) FROM audit_log WHERE entity_id LIKE '%nadie%'"))
        .isZero();
  }

  private Reply signIn(String email, String password) {
    return server.post(
        "/auth/login", "none", new JsonObject().put("email", email).put("password", password));
  }

  private String inspector() {
    return server.sql().id("SELECT id FROM staff_user WHERE email = ?", person).toString();
  }

  /** The trail is not waited for by whoever is refused. */
  private List<JsonObject> awaitEntries(String action, int count) {
    await().untilAsserted(() -> assertThat(entries(action)).hasSize(count));
    return entries(action);
  }

  private List<JsonObject> entries(String action) {
    return server.get("/audit?action=" + action, school.login(Role.DIRECTOR)).list("items");
  }
}
