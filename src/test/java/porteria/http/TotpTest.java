package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Authenticator;
import porteria.testkit.PageForm;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** One-time codes beside the password. */
@ExtendWith(RunningServerExtension.class)
class TotpTest {

  private static final Duration FORGOTTEN = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofSeconds(30);

  private final RunningServer server;
  private final TestSchool school;

  TotpTest(RunningServer server) {
    this.server = server;
    school = server.school();
  }

  @Test
  void the_secret_comes_as_text_and_as_the_uri_that_apps_read() {
    Reply offer = enrol(school.signIn(Role.INSPECTOR).get("access_token"));
    assertThat(offer.status()).as(offer.text()).isEqualTo(200);
    assertThat(offer.get("secret")).matches("[A-Z2-7]{32}");
    assertThat(offer.get("otpauth_uri"))
        .isEqualTo(
            "otpauth://totp/Porter%%C3%%ADa:%s?secret=%s&issuer=Porter%%C3%%ADa"
                .formatted(school.email(Role.INSPECTOR).replace("@", "%40"), offer.get("secret")));
  }

  @Test
  void nothing_is_asked_for_before_the_secret_is_confirmed() {
    String token = school.signIn(Role.INSPECTOR).get("access_token");
    Authenticator app = new Authenticator(enrol(token).get("secret"));
    assertThat(confirm(token, "000000").status()).isEqualTo(400);
    assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(200);
    Reply confirmed = confirm(token, app.code(server.now()));
    assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
    assertThat(confirmed.json().getJsonArray("recovery_codes")).hasSize(10).doesNotHaveDuplicates();
    assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(401);
  }

  @Test
  void confirming_ends_every_other_session_and_answers_tokens_to_go_on_with() {
    Reply other = school.signIn(Role.INSPECTOR);
    Reply own = school.signIn(Role.INSPECTOR);
    Authenticator app = new Authenticator(enrol(own.get("access_token")).get("secret"));
    Reply confirmed = confirm(own.get("access_token"), app.code(server.now()));
    assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
    server.clock().advance(FORGOTTEN);
    for (Reply before : List.of(other, own)) {
      assertThat(read(before)).isEqualTo(401);
      assertThat(refresh(before).status()).isEqualTo(401);
    }
    assertThat(read(confirmed)).isEqualTo(200);
    Reply renewed = refresh(confirmed);
    assertThat(renewed.status()).isEqualTo(200);
    assertThat(read(renewed)).isEqualTo(200);
  }

  @Test
  void a_session_that_was_ended_a_moment_ago_confirms_nothing_and_is_not_renewed() {
    Reply session = school.signIn(Role.INSPECTOR);
    Authenticator app = new Authenticator(enrol(session.get("access_token")).get("secret"));
    server
        .sql()
        .lines(
            "UPDATE staff_user SET token_version = token_version + 1, role = 'TEACHER'"
                + " WHERE email = ?",
            school.email(Role.INSPECTOR));
    assertThat(confirm(session.get("access_token"), app.code(server.now())).status())
        .isEqualTo(401);
    assertThat(school.signIn(Role.INSPECTOR).status()).as("without a code").isEqualTo(200);
  }

  @Test
  void without_a_code_the_right_password_is_told_that_one_is_needed_and_a_wrong_one_is_not() {
    enrolled(Role.INSPECTOR);
    Reply right = school.signIn(Role.INSPECTOR);
    assertThat(right.status()).isEqualTo(401);
    assertThat(right.get("type")).isEqualTo("urn:porteria:problem:totp-required");
    Reply wrong = send("otra clave", "123456").await();
    assertThat(wrong.get("type")).isEqualTo("urn:porteria:problem:unauthenticated");
  }

  @Test
  void a_code_opens_a_session_once() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    server.clock().advance(STEP);
    String code = enrolled.app().code(server.now());
    Reply signedIn = signIn(code);
    assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(200);
    assertThat(read(signedIn)).isEqualTo(200);
    assertThat(signIn(code).status()).as("again").isEqualTo(401);
    server.clock().advance(STEP);
    assertThat(signIn(code).status()).as("in the next step").isEqualTo(401);
    assertThat(signIn(enrolled.app().code(server.now())).status()).isEqualTo(200);
  }

  @Test
  void the_code_that_confirmed_is_not_good_for_signing_in() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    assertThat(signIn(enrolled.app().code(server.now())).status()).isEqualTo(401);
  }

  @Test
  void fifty_at_once_with_one_code_open_one_session() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    server.clock().advance(STEP);
    String code = enrolled.app().code(server.now());
    List<Future<Reply>> sent =
        IntStream.range(0, 50).mapToObj(i -> send(TestSchool.PASSWORD, code)).toList();
    assertThat(sent.stream().map(reply -> reply.await().status()).filter(each -> each == 200))
        .hasSize(1);
  }

  @Test
  void a_clock_that_is_a_step_off_does_and_one_that_is_two_does_not() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    server.clock().advance(STEP.multipliedBy(4));
    assertThat(signIn(enrolled.app().code(server.now().minus(STEP.multipliedBy(2)))).status())
        .isEqualTo(401);
    assertThat(signIn(enrolled.app().code(server.now().plus(STEP.multipliedBy(2)))).status())
        .isEqualTo(401);
    assertThat(signIn(enrolled.app().code(server.now().minus(STEP))).status()).isEqualTo(200);
    assertThat(signIn(enrolled.app().code(server.now().plus(STEP))).status()).isEqualTo(200);
  }

  @Test
  void each_recovery_code_stands_in_once_however_it_is_typed() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    String code = enrolled.recoveryCodes().getFirst();
    assertThat(signIn(code.toLowerCase(Locale.ROOT).replace("-", " ")).status()).isEqualTo(200);
    assertThat(signIn(code).status()).isEqualTo(401);
    assertThat(signIn(enrolled.recoveryCodes().getLast()).status()).isEqualTo(200);
  }

  @Test
  void guessing_codes_is_slowed_down_and_leaving_them_out_does_not_start_anew() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    server.clock().advance(STEP);
    for (int i = 0; i < 2; i++) {
      assertThat(signIn("00000" + i).status()).isEqualTo(401);
      assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(401);
    }
    assertThat(signIn("000009").status()).isEqualTo(401);
    assertThat(signIn(enrolled.app().code(server.now())).status()).isEqualTo(429);
  }

  @Test
  void neither_secret_nor_codes_are_stored_as_they_are() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    String rows =
        String.join(
            " ",
            server
                .sql()
                .lines(
                    "SELECT encode(secret, 'escape'), encode(code_hash, 'escape') FROM staff_totp"
                        + " JOIN staff_recovery_code USING (school_id, staff_id)"
                        + " WHERE school_id = ?",
                    school.id()));
    assertThat(rows).isNotEmpty().doesNotContain(enrolled.app().secret());
    assertThat(enrolled.recoveryCodes()).noneMatch(rows::contains);
  }

  @Test
  void a_confirmed_factor_is_replaced_by_nobody_until_an_admin_removes_it() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    server.clock().advance(STEP);
    Reply session = signIn(enrolled.app().code(server.now()));
    assertThat(enrol(session.get("access_token")).status()).isEqualTo(409);
    assertThat(remove(school.login(Role.DIRECTOR), id()).status()).isEqualTo(403);
    assertThat(remove(server.school().login(Role.ADMIN), id()).status()).isEqualTo(404);
    assertThat(remove(school.login(Role.ADMIN), id()).status()).isEqualTo(204);
    assertThat(remove(school.login(Role.ADMIN), id()).status()).isEqualTo(404);
    server.clock().advance(FORGOTTEN);
    assertThat(read(session)).as("sessions have ended").isEqualTo(401);
    assertThat(school.signIn(Role.INSPECTOR).status()).isEqualTo(200);
  }

  @Test
  void it_is_in_the_audit_trail() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    signIn(enrolled.recoveryCodes().getFirst());
    remove(school.login(Role.ADMIN), id());
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT actor_role, action FROM audit_log"
                        + " WHERE school_id = ? AND action <> 'staff.login' ORDER BY seq",
                    school.id()))
        .containsExactly(
            "INSPECTOR staff.totp_confirmed",
            "INSPECTOR staff.recovery_code_used",
            "ADMIN staff.totp_removed");
  }

  @Test
  void the_sign_in_page_asks_for_the_code_when_it_is_needed() {
    Enrolled enrolled = enrolled(Role.INSPECTOR);
    server.clock().advance(STEP);
    Reply asked = PageForm.signIn(server, form());
    assertThat(asked.status()).isEqualTo(401);
    assertThat(asked.text()).contains("name=\"totp\"").contains("el código de tu aplicación");
    Reply wrong = PageForm.signIn(server, form().add("totp", "000000"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.text()).contains("name=\"totp\"");
    Reply opened = PageForm.signIn(server, form().add("totp", enrolled.app().code(server.now())));
    assertThat(opened.status()).as(opened.text()).isEqualTo(303);
    assertThat(opened.header("Location")).isEqualTo("/dashboard");
  }

  private MultiMap form() {
    return MultiMap.caseInsensitiveMultiMap()
        .add("email", school.email(Role.INSPECTOR))
        .add("password", TestSchool.PASSWORD);
  }

  private record Enrolled(Authenticator app, List<String> recoveryCodes) {}

  private Enrolled enrolled(Role role) {
    String token = school.signIn(role).get("access_token");
    Authenticator app = new Authenticator(enrol(token).get("secret"));
    Reply confirmed = confirm(token, app.code(server.now()));
    assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
    return new Enrolled(
        app,
        confirmed.json().getJsonArray("recovery_codes").stream().map(String::valueOf).toList());
  }

  private Reply enrol(String token) {
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/auth/totp/enroll")
            .bearerTokenAuthentication(token)
            .send()
            .await());
  }

  private Reply confirm(String token, String code) {
    return server.post("/auth/totp/confirm", token, new JsonObject().put("totp", code));
  }

  private Reply remove(String token, String id) {
    return Reply.of(
        server
            .request(HttpMethod.DELETE, "/api/v1/staff/" + id + "/totp")
            .bearerTokenAuthentication(token)
            .send()
            .await());
  }

  private Reply signIn(String code) {
    return send(TestSchool.PASSWORD, code).await();
  }

  /** From an address of the school's own, so that no test slows down another. */
  private Future<Reply> send(String password, String code) {
    return server
        .request(HttpMethod.POST, "/api/v1/auth/login")
        .putHeader("X-Forwarded-For", school.address())
        .sendJsonObject(
            new JsonObject()
                .put("email", school.email(Role.INSPECTOR))
                .put("password", password)
                .put("totp", code))
        .map(Reply::of);
  }

  private Reply refresh(Reply session) {
    return server.post(
        "/auth/refresh",
        "none",
        new JsonObject().put("refresh_token", session.get("refresh_token")));
  }

  private int read(Reply session) {
    return server.get("/attendance/day", session.get("access_token")).status();
  }

  private String id() {
    return server
        .sql()
        .id("SELECT id FROM staff_user WHERE email = ?", school.email(Role.INSPECTOR))
        .toString();
  }
}
