package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Authenticator;
import porteria.testkit.PageForm;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.TestPhone;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** Where a role needs a second factor. */
@ExtendWith(TestServersExtension.class)
class TotpByRoleTest {

  private static final String NEEDED = "urn:porteria:problem:totp-enrolment-required";
  private static final String READ = "/attendance/day";
  private static final Pattern SECRET = Pattern.compile("class=\"secret\">([^<]+)<");

  @Test
  void who_needs_a_second_factor_may_do_nothing_but_enrol_and_others_go_on(TestServers servers) {
    try (RunningServer server = RunningServer.needingTotp(servers, Set.of(Role.DIRECTOR))) {
      TestSchool school = server.school();
      assertThat(server.get(READ, school.login(Role.INSPECTOR)).status()).isEqualTo(200);
      Reply session = school.signIn(Role.DIRECTOR);
      Reply refused = server.get(READ, session.get("access_token"));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.get("type")).isEqualTo(NEEDED);
      assertThat(server.get(READ, refresh(server, session).get("access_token")).status())
          .isEqualTo(403);

      session = school.signIn(Role.DIRECTOR);
      Reply enrolled = enrol(server, session.get("access_token"));
      String code = new Authenticator(enrolled.get("secret")).code(server.now());
      JsonObject body = new JsonObject().put("totp", code);
      Reply confirmed = server.post("/auth/totp/confirm", session.get("access_token"), body);
      assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
      assertThat(server.get(READ, confirmed.get("access_token")).status())
          .as("the new session is whole")
          .isEqualTo(200);
      assertThat(server.get(READ, refresh(server, confirmed).get("access_token")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void who_needs_a_second_factor_enrols_it_on_the_page_before_any_other(TestServers servers) {
    try (RunningServer server = RunningServer.needingTotp(servers, Set.of(Role.DIRECTOR))) {
      TestSchool school = server.school();
      TestPhone browser = new TestPhone(server);
      Map<String, String> credentials =
          Map.of("email", school.email(Role.DIRECTOR), "password", TestSchool.PASSWORD);
      assertThat(browser.send("/login", "/login", credentials).header("Location"))
          .isEqualTo("/account");
      assertThat(browser.get("/dashboard").header("Location")).isEqualTo("/account");
      assertThat(browser.get("/audit").header("Location")).isEqualTo("/account");
      assertThat(browser.get("/api/v1" + READ).status()).isEqualTo(403);
      assertThat(browser.get("/account").text()).contains("necesita un segundo factor");

      Reply offered = browser.send("/account", "/account/offer", Map.of());
      Matcher secret = SECRET.matcher(offered.text());
      assertThat(secret.find()).as(offered.text()).isTrue();
      Authenticator app = new Authenticator(secret.group(1).replace(" ", ""));
      Reply mistyped = browser.send("/account", "/account/confirm", Map.of("totp", "12345"));
      assertThat(mistyped.status()).isEqualTo(422);
      assertThat(mistyped.text()).contains("Ese código no es").doesNotContain(secret.group(1));
      assertThat(browser.get("/dashboard").header("Location")).isEqualTo("/account");
      Reply confirmed =
          browser.send("/account", "/account/confirm", Map.of("totp", app.code(server.now())));
      assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
      assertThat(SECRET.matcher(confirmed.text()).results().count()).isGreaterThan(5);
      assertThat(browser.get("/dashboard").status()).isEqualTo(200);
      assertThat(browser.get("/account").text()).contains("al entrar se te pide un código");
      Reply again = browser.send("/account", "/account/offer", Map.of());
      assertThat(again.header("Location")).isEqualTo("/account?notice=conflict");
    }
  }

  @Test
  void a_role_stands_for_those_above_it_too(TestServers servers) {
    try (RunningServer server = RunningServer.needingTotp(servers, Set.of(Role.INSPECTOR))) {
      TestSchool school = server.school();
      for (Role role : List.of(Role.INSPECTOR, Role.DIRECTOR, Role.ADMIN)) {
        Reply session = school.signIn(role);
        assertThat(server.get(READ, session.get("access_token")).get("type"))
            .as("%s", role)
            .isEqualTo(NEEDED);
        assertThat(session.json().fieldNames())
            .as("no full sign-in")
            .doesNotContain("device_token");
      }
      assertThat(server.get(READ, school.login(Role.TEACHER)).get("type"))
          .as("below it")
          .isEqualTo("urn:porteria:problem:forbidden");
    }
  }

  @Test
  void the_right_password_of_who_has_yet_to_enrol_begins_the_count_anew(TestServers servers) {
    try (RunningServer server = RunningServer.needingTotp(servers, Set.of(Role.DIRECTOR))) {
      TestSchool school = server.school();
      for (int i = 0; i < 3; i++) {
        for (int times = 0; times < 4; times++) {
          assertThat(signIn(server, school, "otra clave").status()).isEqualTo(401);
        }
        assertThat(signIn(server, school, TestSchool.PASSWORD).status()).isEqualTo(303);
      }
    }
  }

  private static Reply signIn(RunningServer server, TestSchool school, String password) {
    return PageForm.signIn(
        server,
        MultiMap.caseInsensitiveMultiMap()
            .add("email", school.email(Role.DIRECTOR))
            .add("password", password));
  }

  private static Reply enrol(RunningServer server, String token) {
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/auth/totp/enroll")
            .bearerTokenAuthentication(token)
            .send()
            .await());
  }

  private static Reply refresh(RunningServer server, Reply session) {
    return server.post(
        "/auth/refresh",
        "none",
        new JsonObject().put("refresh_token", session.get("refresh_token")));
  }
}
