package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.LiveSocket;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** How admins keep the accounts of their school's staff. */
@ExtendWith(RunningServerExtension.class)
class StaffAccountsTest {

  private static final Duration FORGOTTEN = Duration.ofSeconds(5);
  private static final JsonObject LOCKED = new JsonObject().put("locked", true);

  private final RunningServer server;
  private final TestSchool school;

  StaffAccountsTest(RunningServer server) {
    this.server = server;
    school = server.school();
  }

  @Test
  void an_account_is_made_with_a_password_that_is_told_once_and_works() {
    Reply made = add(" Rosa." + school.id() + "@Colegio.example ", "INSPECTOR");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.get("email")).isEqualTo("rosa." + school.id() + "@colegio.example");
    assertThat(made.get("password")).matches("[\\w-]{20}");
    Reply signedIn = signIn(made.get("email"), made.get("password"));
    assertThat(signedIn.status()).isEqualTo(200);
    assertThat(server.get("/attendance/day", signedIn.get("access_token")).status()).isEqualTo(200);
    assertThat(server.get("/staff", admin()).text())
        .contains(made.get("email"))
        .doesNotContain(made.get("password"));
  }

  @Test
  void a_mailbox_has_one_account_at_all_schools_together() {
    Reply own = add(school.email(Role.TEACHER), "INSPECTOR");
    Reply foreign = add(server.school().email(Role.TEACHER), "INSPECTOR");
    assertThat(own.status()).isEqualTo(409);
    assertThat(foreign.status()).isEqualTo(409);
    assertThat(foreign.get("detail")).isEqualTo(own.get("detail"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "@x.example", "a b@x.example", "ñu@x.example", "a@x@y.example"})
  void what_is_no_mailbox_is_refused(String email) {
    Reply refused = add(email, "TEACHER");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.list("errors").getFirst().getString("pointer")).isEqualTo("/email");
  }

  @Test
  void only_admins_see_and_change_accounts() {
    String director = school.login(Role.DIRECTOR);
    String anybody = id(Role.TEACHER);
    assertThat(server.get("/staff", director).status()).isEqualTo(403);
    assertThat(server.post("/staff", director, new JsonObject()).status()).isEqualTo(403);
    assertThat(patch(director, anybody, new JsonObject()).status()).isEqualTo(403);
    assertThat(reset(director, anybody).status()).isEqualTo(403);
  }

  @Test
  void the_list_holds_the_own_schools_people_alone() {
    server.school();
    assertThat(server.get("/staff", admin()).list("items"))
        .extracting(item -> item.getString("email"))
        .containsExactlyInAnyOrder(
            school.email(Role.TEACHER),
            school.email(Role.INSPECTOR),
            school.email(Role.DIRECTOR),
            school.email(Role.ADMIN));
  }

  @Test
  void another_role_ends_sessions_tokens_and_sockets_within_seconds() {
    Reply session = school.signIn(Role.DIRECTOR);
    LiveSocket socket = listening(session.get("access_token"));
    Reply changed = patch(admin(), id(Role.DIRECTOR), new JsonObject().put("role", "TEACHER"));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.get("role")).isEqualTo("TEACHER");
    server.clock().advance(FORGOTTEN);
    assertThat(server.get("/attendance/day", session.get("access_token")).status()).isEqualTo(401);
    assertThat(refresh(session).status()).isEqualTo(401);
    await().until(socket::isClosed);
    Reply again = school.signIn(Role.DIRECTOR);
    assertThat(server.get("/attendance/day", again.get("access_token")).status()).isEqualTo(403);
  }

  @Test
  void a_lock_ends_sessions_and_an_unlock_does_not_bring_them_back() {
    Reply session = school.signIn(Role.INSPECTOR);
    String id = id(Role.INSPECTOR);
    assertThat(patch(admin(), id, LOCKED).json().getBoolean("locked")).isTrue();
    server.clock().advance(FORGOTTEN);
    assertThat(server.get("/attendance/day", session.get("access_token")).status()).isEqualTo(401);
    assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(401);
    patch(admin(), id, new JsonObject().put("locked", false));
    server.clock().advance(FORGOTTEN);
    assertThat(refresh(session).status()).isEqualTo(401);
    assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(200);
  }

  @Test
  void a_reset_password_replaces_the_old_one_and_ends_sessions() {
    Reply session = school.signIn(Role.INSPECTOR);
    Reply reset = reset(admin(), id(Role.INSPECTOR));
    assertThat(reset.status()).as(reset.text()).isEqualTo(200);
    assertThat(refresh(session).status()).isEqualTo(401);
    assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(401);
    assertThat(signIn(school.email(Role.INSPECTOR), reset.get("password")).status()).isEqualTo(200);
  }

  @Test
  void another_name_ends_nothing() {
    Reply session = school.signIn(Role.INSPECTOR);
    Reply renamed =
        patch(admin(), id(Role.INSPECTOR), new JsonObject().put("full_name", "Ana Paz"));
    assertThat(renamed.get("full_name")).isEqualTo("Ana Paz");
    assertThat(refresh(session).status()).isEqualTo(200);
  }

  @Test
  void people_of_another_school_do_not_exist() {
    String foreign = id(server.school(), Role.INSPECTOR);
    String nobody = "00000000-0000-7000-8000-000000000000";
    for (String id : List.of(foreign, nobody)) {
      assertThat(patch(admin(), id, LOCKED).status()).isEqualTo(404);
      assertThat(reset(admin(), id).status()).isEqualTo(404);
    }
  }

  @Test
  void the_last_admin_who_can_act_stays_one() {
    String last = id(Role.ADMIN);
    assertThat(patch(admin(), last, LOCKED).status()).isEqualTo(409);
    assertThat(patch(admin(), last, new JsonObject().put("role", "DIRECTOR")).status())
        .isEqualTo(409);
    Reply other = add("otra." + school.id() + "@colegio.example", "ADMIN");
    assertThat(patch(admin(), other.get("id"), LOCKED).status()).isEqualTo(200);
    assertThat(patch(admin(), last, LOCKED).status()).as("the other is locked").isEqualTo(409);
  }

  @Test
  void two_admins_who_remove_each_other_at_once_leave_one() {
    Reply other = add("otra." + school.id() + "@colegio.example", "ADMIN");
    String token = admin();
    String otherToken = signIn(other.get("email"), other.get("password")).get("access_token");
    // Both are known to be who they are: whoever is locked first still gets as far as acting.
    assertThat(server.get("/staff", token).status()).isEqualTo(200);
    assertThat(server.get("/staff", otherToken).status()).isEqualTo(200);
    Future<Reply> one = patching(token, other.get("id"), LOCKED);
    Future<Reply> two = patching(otherToken, id(Role.ADMIN), LOCKED);
    assertThat(List.of(one.await().status(), two.await().status()))
        .containsExactlyInAnyOrder(200, 409);
  }

  @Test
  void every_act_is_in_the_audit_trail_without_passwords() {
    String token = admin();
    Reply made = add("rosa." + school.id() + "@colegio.example", "TEACHER");
    JsonObject both = new JsonObject().put("role", "INSPECTOR").put("locked", true);
    patch(token, made.get("id"), both);
    patch(token, made.get("id"), both);
    patch(token, made.get("id"), new JsonObject().put("locked", false));
    Reply reset = reset(token, made.get("id"));
    String trail = "FROM audit_log WHERE school_id = ? AND entity_id = ? ORDER BY seq";
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT actor_kind, actor_role, action, before->>'role', after->>'role' "
                        + trail,
                    school.id(),
                    made.get("id")))
        .containsExactly(
            "STAFF ADMIN staff.created null TEACHER",
            "STAFF ADMIN staff.role_changed TEACHER INSPECTOR",
            "STAFF ADMIN staff.locked null null",
            "STAFF ADMIN staff.unlocked null null",
            "STAFF ADMIN staff.password_reset null null");
    assertThat(server.sql().lines("SELECT audit_log::text " + trail, school.id(), made.get("id")))
        .noneMatch(row -> row.contains(made.get("password")))
        .noneMatch(row -> row.contains(reset.get("password")));
  }

  private String admin() {
    return school.login(Role.ADMIN);
  }

  private Reply add(String email, String role) {
    JsonObject staff =
        new JsonObject().put("email", email).put("full_name", "Rosa Mardones").put("role", role);
    return server.post("/staff", admin(), staff);
  }

  private Reply patch(String token, String id, JsonObject change) {
    return patching(token, id, change).await();
  }

  private Future<Reply> patching(String token, String id, JsonObject change) {
    return server
        .request(HttpMethod.PATCH, "/api/v1/staff/" + id)
        .bearerTokenAuthentication(token)
        .sendJsonObject(change)
        .map(Reply::of);
  }

  private Reply reset(String token, String id) {
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/staff/" + id + "/reset-password")
            .bearerTokenAuthentication(token)
            .send()
            .await());
  }

  private Reply signIn(String email, String password) {
    return server.post(
        "/auth/login", "none", new JsonObject().put("email", email).put("password", password));
  }

  private Reply refresh(Reply session) {
    return server.post(
        "/auth/refresh",
        "none",
        new JsonObject().put("refresh_token", session.get("refresh_token")));
  }

  private String id(Role role) {
    return id(school, role);
  }

  private String id(TestSchool of, Role role) {
    return server.sql().id("SELECT id FROM staff_user WHERE email = ?", of.email(role)).toString();
  }

  private LiveSocket listening(String token) {
    LiveSocket socket = LiveSocket.open(server, token, school.id());
    await()
        .until(
            () -> {
              school.north().in(school.pupil("Ana Rojas"), server.now());
              return socket.hasNews();
            });
    return socket;
  }
}
