package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPhone;
import porteria.testkit.TestSchool;

/** Strangers who fail on purpose keep nobody out of a device they have signed in from. */
@ExtendWith(RunningServerExtension.class)
class KnownDeviceTest {

  private static final int PATIENCE = 5;
  private static final Duration LIFE = Duration.ofDays(90);
  private static final String COOKIE = "porteria_device";
  private static final String WRONG = "otra clave";
  private static final String INVENTED = "x".repeat(43);

  private final RunningServer server;
  private final TestSchool school;
  private final String director;

  KnownDeviceTest(RunningServer server) {
    this.server = server;
    school = server.school();
    director = school.email(Role.DIRECTOR);
  }

  @Test
  void strangers_close_a_mailbox_to_strangers_and_not_to_its_known_device() {
    String device = device(director);
    strangersFail(director);
    assertThat(stranger(TestSchool.PASSWORD).status()).isEqualTo(429);
    Reply known = signIn(director, TestSchool.PASSWORD, device);
    assertThat(known.status()).as(known.text()).isEqualTo(200);
    assertThat(known.get("device_token")).isEqualTo(device);
  }

  @Test
  void signing_in_from_a_known_device_lets_no_stranger_begin_anew() {
    String device = device(director);
    strangersFail(director);
    signIn(director, TestSchool.PASSWORD, device);
    assertThat(stranger(TestSchool.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void failures_of_a_known_device_close_it_and_no_other() {
    String device = device(director);
    String other = device(director);
    for (int i = 0; i < PATIENCE; i++) {
      assertThat(signIn(director, WRONG, device).status()).isEqualTo(401);
    }
    assertThat(signIn(director, TestSchool.PASSWORD, device).status()).isEqualTo(429);
    assertThat(signIn(director, TestSchool.PASSWORD, other).status()).isEqualTo(200);
    assertThat(stranger(TestSchool.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void a_known_device_is_not_held_up_by_what_others_fail_at_its_address() {
    String device = device(director);
    for (int i = 0; i < 20; i++) {
      assertThat(from(school.address(), "nadie" + i + director, WRONG, "").status()).isEqualTo(401);
    }
    assertThat(from(school.address(), director, TestSchool.PASSWORD, "").status()).isEqualTo(429);
    assertThat(from(school.address(), director, TestSchool.PASSWORD, device).status())
        .isEqualTo(200);
  }

  @Test
  void a_device_of_somebody_else_is_a_strangers() {
    String device = device(school.email(Role.INSPECTOR));
    strangersFail(director);
    assertThat(signIn(director, TestSchool.PASSWORD, device).status()).isEqualTo(429);
  }

  @Test
  void an_invented_device_is_answered_alike_whether_or_not_the_mailbox_exists() {
    String nobody = "nadie." + director;
    List<String> known = IntStream.range(0, 7).mapToObj(i -> told(director)).toList();
    List<String> unknown = IntStream.range(0, 7).mapToObj(i -> told(nobody)).toList();
    assertThat(unknown).isEqualTo(known);
  }

  @Test
  void a_device_is_known_for_ninety_days_after_it_was_last_signed_in_from() {
    String device = device(director);
    server.clock().advance(LIFE.minusMillis(1));
    assertThat(signIn(director, TestSchool.PASSWORD, device).get("device_token")).isEqualTo(device);
    server.clock().advance(LIFE.minusMillis(1));
    strangersFail(director);
    assertThat(signIn(director, TestSchool.PASSWORD, device).status()).isEqualTo(200);
    server.clock().advance(LIFE);
    strangersFail(director);
    assertThat(signIn(director, TestSchool.PASSWORD, device).status()).isEqualTo(429);
  }

  @Test
  void no_more_than_twenty_are_known_and_the_one_not_seen_for_longest_goes_first() {
    String first = device(director);
    server.clock().advance(Duration.ofSeconds(1));
    String second = device(director);
    server.clock().advance(Duration.ofSeconds(1));
    signIn(director, TestSchool.PASSWORD, first);
    for (int i = 0; i < 19; i++) {
      server.clock().advance(Duration.ofSeconds(1));
      device(director);
    }
    strangersFail(director);
    assertThat(signIn(director, TestSchool.PASSWORD, second).status()).isEqualTo(429);
    assertThat(signIn(director, TestSchool.PASSWORD, first).status()).isEqualTo(200);
  }

  @Test
  void another_password_forgets_the_devices() {
    String device = device(director);
    String id = server.sql().id("SELECT id FROM staff_user WHERE email = ?", director).toString();
    Reply reset =
        Reply.of(
            server
                .request(HttpMethod.POST, "/api/v1/staff/" + id + "/reset-password")
                .bearerTokenAuthentication(school.login(Role.ADMIN))
                .send()
                .await());
    strangersFail(director);
    assertThat(signIn(director, reset.get("password"), device).status()).isEqualTo(429);
  }

  @Test
  void who_chooses_another_password_while_strangers_fail_is_given_another_device_token() {
    Reply before = school.signIn(Role.DIRECTOR);
    String wanted = "tres gatos saltan el muro";
    strangersFail(director);
    Reply changed = change(before, wanted);
    assertThat(changed.status()).as("in a session that is open").isEqualTo(200);
    assertThat(signIn(director, wanted, before.get("device_token")).status()).isEqualTo(429);
    assertThat(signIn(director, wanted, changed.get("device_token")).status()).isEqualTo(200);
  }

  @Test
  void no_device_token_is_stored() {
    String device = device(director);
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT d::text || encode(secret_hash, 'escape') FROM known_device d"
                        + " WHERE school_id = ?",
                    school.id()))
        .isNotEmpty()
        .noneMatch(row -> row.contains(device));
  }

  @Test
  void a_browser_is_known_by_a_cookie_that_no_script_reads_and_only_the_sign_in_gets() {
    Reply opened = signIn(new TestPhone(server), director, TestSchool.PASSWORD);
    assertThat(opened.headers().getAll("Set-Cookie"))
        .filteredOn(each -> each.startsWith(COOKIE))
        .singleElement()
        .asString()
        .containsIgnoringCase("; HttpOnly")
        .contains("SameSite=Strict", "Path=/login", "Max-Age=" + LIFE.toSeconds());
  }

  @Test
  void strangers_keep_nobody_out_of_a_browser_that_several_people_use() {
    TestPhone browser = new TestPhone(server);
    String inspector = school.email(Role.INSPECTOR);
    assertThat(signIn(browser, director, TestSchool.PASSWORD).status()).isEqualTo(303);
    browser.put("porteria_session", "/", "");
    assertThat(signIn(browser, inspector, TestSchool.PASSWORD).status()).isEqualTo(303);
    browser.put("porteria_session", "/", "");
    strangersFail(director);
    strangersFail(inspector);
    assertThat(signIn(new TestPhone(server), director, TestSchool.PASSWORD).status())
        .isEqualTo(429);
    assertThat(signIn(browser, director, TestSchool.PASSWORD).status()).isEqualTo(303);
    browser.put("porteria_session", "/", "");
    assertThat(signIn(browser, inspector, TestSchool.PASSWORD).status()).isEqualTo(303);
  }

  private Reply change(Reply session, String wanted) {
    return server.post(
        "/auth/password",
        session.get("access_token"),
        new JsonObject().put("current_password", TestSchool.PASSWORD).put("new_password", wanted));
  }

  private static Reply signIn(TestPhone browser, String email, String password) {
    return browser.send("/login", "/login", Map.of("email", email, "password", password));
  }

  private String device(String email) {
    return signIn(email, TestSchool.PASSWORD, "").get("device_token");
  }

  private Reply signIn(String email, String password, String device) {
    return from("10.3.0.1", email, password, device);
  }

  /** From the school's own address. */
  private void strangersFail(String email) {
    for (int i = 0; i < PATIENCE; i++) {
      assertThat(from(school.address(), email, WRONG, "").status()).isEqualTo(401);
    }
  }

  private Reply stranger(String password) {
    return from("10.3.0.2", director, password, "");
  }

  private String told(String email) {
    Reply reply = from("10.3.0.3", email, WRONG, INVENTED);
    JsonObject problem = reply.json();
    problem.remove("request_id");
    return reply.status() + " " + problem.encode();
  }

  private Reply from(String address, String email, String password, String device) {
    JsonObject body = new JsonObject().put("email", email).put("password", password);
    if (!device.isEmpty()) {
      body.put("device_token", device);
    }
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/auth/login")
            .putHeader("X-Forwarded-For", address)
            .sendJsonObject(body)
            .await());
  }
}
