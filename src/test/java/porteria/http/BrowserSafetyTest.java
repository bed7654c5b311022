package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;

/** What browsers are told, and what they cannot be made to do. */
@ExtendWith(RunningServerExtension.class)
class BrowserSafetyTest {

  private final RunningServer server;

  BrowserSafetyTest(RunningServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/static/dashboard.js", "/static/nothing.js", "/api/v1/health"})
  void every_answer_says_what_it_is_and_may_load(String path) {
    Reply reply = Reply.of(server.request(HttpMethod.GET, path).send().await());
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Content-Security-Policy"))
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void a_page_is_framed_by_nobody_and_tells_others_nothing() {
    Reply page = Reply.of(server.request(HttpMethod.GET, "/login").send().await());
    assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/api/v1/attendance/day", "/api/v1/audit.csv", "/api/v1/no"})
  void what_may_tell_of_people_is_stored_nowhere(String path) {
    String director = server.school().login(Role.DIRECTOR);
    Reply reply =
        Reply.of(
            server
                .request(HttpMethod.GET, path)
                .bearerTokenAuthentication(director)
                .send()
                .await());
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/logout"})
  void a_form_that_no_page_of_ours_made_is_refused(String path) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap().add("email", "a@b.c").add("password", "x");
    Reply reply =
        Reply.of(
            server.request(HttpMethod.POST, path).followRedirects(false).sendForm(form).await());
    assertThat(reply.header("Location")).isEqualTo(path + "?notice=stale");
    assertThat(reply.headers().getAll("Set-Cookie"))
        .noneMatch(each -> each.startsWith("porteria_session"));
  }

  @Test
  void pages_of_a_named_site_may_call_and_those_of_others_may_not() {
    assertThat(preflight(RunningServer.CORS_ORIGIN).header("Access-Control-Allow-Origin"))
        .isEqualTo(RunningServer.CORS_ORIGIN);
    assertThat(preflight(RunningServer.CORS_ORIGIN).header("Access-Control-Allow-Credentials"))
        .isEmpty();
    assertThat(preflight("https://evil.example.test").header("Access-Control-Allow-Origin"))
        .isEmpty();
  }

  @Test
  void pages_of_other_sites_are_told_nothing_of_the_live_stream() {
    Reply reply =
        Reply.of(
            server
                .request(HttpMethod.GET, "/eventbus/info")
                .putHeader("Origin", "https://evil.example.test")
                .send()
                .await());
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
  }

  private Reply preflight(String origin) {
    return Reply.of(
        server
            .request(HttpMethod.OPTIONS, "/api/v1/attendance/day")
            .putHeader("Origin", origin)
            .putHeader("Access-Control-Request-Method", "GET")
            .send()
            .await());
  }
}
