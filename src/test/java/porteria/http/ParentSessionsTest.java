package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.config.Secret;
import porteria.domain.Role;
import porteria.identity.ParentSession;
import porteria.identity.ParentTokens;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;
import porteria.testkit.TestSecurity;

/** What a guardian's session opens, and how it ends. */
@Telling
@ExtendWith(RunningServerExtension.class)
class ParentSessionsTest {

  private static final String ME = "/parents/me";
  private static final String EVENTS = "/parents/me/events";

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestPupil stranger;
  private final TestParent maria;

  ParentSessionsTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    stranger = school.pupil("Luis Vera");
    maria = school.parentOf(ana);
  }

  @Test
  void parents_see_events_of_their_own_children_alone() {
    String session = maria.signIn();
    school.north().in(ana, server.now());
    school.north().in(stranger, server.now());
    for (String path : List.of(EVENTS, "/attendance/events")) {
      assertThat(server.get(path, session).list("items"))
          .as(path)
          .singleElement()
          .satisfies(event -> assertThat(event.encode()).contains("Ana Rojas"));
      assertThat(server.get(path + "?student_id=" + stranger.id(), session).list("items"))
          .as(path)
          .isEmpty();
    }
  }

  @Test
  void parents_are_not_told_of_kiosks_and_their_clocks_nor_why_staff_took_an_event_back() {
    String session = maria.signIn();
    String event = school.north().in(ana, server.now()).get("event_id");
    JsonObject why = new JsonObject().put("reason", "era Luis Vera");
    server.post("/attendance/events/" + event + "/annul", school.login(Role.INSPECTOR), why);
    for (String path : List.of(EVENTS, "/attendance/events")) {
      JsonObject seen = server.get(path, session).list("items").getFirst();
      assertThat(seen.fieldNames())
          .as(path)
          .containsExactlyInAnyOrder(
              "event_id", "student", "type", "gate", "occurred_at", "annulled");
      assertThat(seen.getBoolean("annulled")).isTrue();
    }
    assertThat(school.events().getFirst().fieldNames())
        .as("what staff see")
        .contains("annul_reason", "device_id", "captured_at", "course");
  }

  @Test
  void a_guardian_at_two_schools_has_two_sessions_that_never_mix() {
    TestSchool other = server.school();
    TestParent there = other.guardianOf(other.pupil("Eva Mora"), maria.phone(), "María Soto");
    String here = maria.signIn();
    String elsewhere = there.signIn();
    assertThat(children(here)).containsExactly("Ana Rojas");
    assertThat(children(elsewhere)).containsExactly("Eva Mora");
    logout(here, new JsonObject());
    refused(server.get(ME, here));
    assertThat(children(elsewhere)).containsExactly("Eva Mora");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/attendance/day", "/attendance/rejections", "/devices"})
  void what_is_for_staff_is_closed_to_parents(String path) {
    assertThat(server.get(path, maria.signIn()).status()).isEqualTo(403);
  }

  @Test
  void what_is_for_parents_is_closed_to_staff_kiosks_and_strangers() {
    assertThat(server.get(ME, school.login(Role.ADMIN)).status()).isEqualTo(403);
    assertThat(server.get(ME, school.north().token()).status()).isEqualTo(403);
    refused(server.get(ME, "nobody"));
  }

  @Test
  void signing_out_ends_the_session_at_the_server_and_no_other() {
    String one = maria.signIn();
    String two = maria.signIn();
    assertThat(logout(one, new JsonObject()).status()).isEqualTo(204);
    refused(server.get(ME, one));
    refused(logout(one, new JsonObject()));
    assertThat(server.get(ME, two).status()).isEqualTo(200);
    assertThat(audited("session.revoked")).singleElement().asString().contains("GUARDIAN");
  }

  @Test
  void signing_out_everywhere_ends_all_sessions_of_the_guardian() {
    String one = maria.signIn();
    String two = maria.signIn();
    String others = school.parentOf(stranger).signIn();
    logout(one, new JsonObject().put("everywhere", true));
    refused(server.get(ME, one));
    refused(server.get(ME, two));
    assertThat(server.get(ME, others).status()).isEqualTo(200);
  }

  @Test
  void a_session_of_a_guardian_whom_the_school_has_no_more_is_refused_at_once() {
    String session = maria.signIn();
    server
        .sql()
        .lines("UPDATE guardian SET inactive_since = '2026-06-10Z' WHERE id = ?", maria.id());
    refused(server.get(ME, session));
  }

  @Test
  void a_session_ends_after_thirty_days() {
    String session = maria.signIn();
    server.clock().advance(Duration.ofDays(30).minusSeconds(1));
    assertThat(server.get(ME, session).status()).isEqualTo(200);
    server.clock().advance(Duration.ofSeconds(1));
    refused(server.get(ME, session));
  }

  @Test
  void tokens_that_another_key_signed_or_that_were_altered_are_refused() {
    String genuine = maria.signIn();
    Secret otherKey = new Secret("another key, which is long enough to sign with");
    refused(server.get(ME, token(otherKey, session(genuine))));
    refused(server.get(ME, genuine.substring(0, genuine.length() - 4) + "AAAA"));
    String[] parts = genuine.split("\\.", -1);
    refused(server.get(ME, parts[0] + "." + parts[1] + "."));
    assertThat(server.get(ME, token(TestSecurity.KEY, session(genuine))).status()).isEqualTo(200);
  }

  @Test
  void an_open_session_vouches_for_its_own_guardian_and_school_alone() {
    ParentSession open = session(maria.signIn());
    TestParent pedro = school.parentOf(stranger);
    UUID elsewhere = server.school().id();
    List<ParentSession> foreign =
        List.of(
            new ParentSession(open.schoolId(), pedro.id(), open.sessionId()),
            new ParentSession(elsewhere, open.guardianId(), open.sessionId()),
            new ParentSession(open.schoolId(), open.guardianId(), UUID.randomUUID()));
    assertThat(foreign)
        .allSatisfy(session -> refused(server.get(ME, token(TestSecurity.KEY, session))));
  }

  @Test
  void a_cookie_opens_no_operation() {
    Reply reply =
        Reply.of(
            server
                .request(HttpMethod.GET, "/api/v1" + ME)
                .putHeader("Cookie", "porteria_family=" + maria.signIn())
                .send()
                .await());
    refused(reply);
  }

  private List<String> children(String session) {
    return server.get("/parents/me/children", session).list("items").stream()
        .map(child -> child.getString("full_name"))
        .toList();
  }

  private Reply logout(String session, JsonObject body) {
    return server.post("/auth/logout", session, body);
  }

  private ParentSession session(String token) {
    return new ParentTokens(TestSecurity.settings(), server.clock()).verify(token).orElseThrow();
  }

  private String token(Secret key, ParentSession session) {
    return new ParentTokens(TestSecurity.settings(key), server.clock()).issue(session).value();
  }

  private List<String> audited(String action) {
    return server
        .sql()
        .lines(
            "SELECT actor_kind, actor_id FROM audit_log WHERE school_id = ? AND action = ?",
            school.id(),
            action);
  }

  private static void refused(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(401);
  }
}
