package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPhone;
import porteria.testkit.TestSchool;

/** A form that cannot be taken is offered anew; a browser is never shown what programs read. */
@ExtendWith(RunningServerExtension.class)
class PageFormsTest {

  private static final String STALE = "La página estuvo abierta demasiado tiempo";

  private final RunningServer server;
  private final TestSchool school;
  private final TestPhone browser;
  private final Map<String, String> credentials;

  PageFormsTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new TestPhone(server);
    credentials = Map.of("email", school.email(Role.INSPECTOR), "password", TestSchool.PASSWORD);
  }

  @ParameterizedTest
  @CsvSource({"/login, /login", "/logout, /logout", "/p/link, /p", "/p/session, /p"})
  void a_form_too_large_to_be_read_leads_back_to_its_page(String path, String page) {
    MultiMap form = MultiMap.caseInsensitiveMultiMap().add("email", "x".repeat(10_000));
    Reply reply =
        Reply.of(
            server.request(HttpMethod.POST, path).followRedirects(false).sendForm(form).await());
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo(page + "?notice=unavailable");
  }

  @Test
  void a_form_is_good_although_its_page_was_opened_in_another_tab_and_sent_there() {
    String token = browser.token("/p");
    assertThat(browser.token("/login")).isEqualTo(token);
    Map<String, String> contact = Map.of("school", school.slug(), "contact", "nadie@example.test");
    String sent = "/p/" + school.slug() + "?notice=sent";
    assertThat(browser.sendWith(token, "/p/link", contact).header("Location")).isEqualTo(sent);
    assertThat(browser.sendWith(token, "/p/link", contact).header("Location")).isEqualTo(sent);
  }

  @Test
  void who_signs_in_leaves_the_forms_of_before_behind() {
    String token = browser.token("/login");
    assertThat(browser.sendWith(token, "/login", credentials).header("Location"))
        .isEqualTo("/dashboard");
    assertThat(browser.sendWith(token, "/logout", Map.of()).header("Location"))
        .isEqualTo("/logout?notice=stale");
    assertThat(browser.token("/dashboard")).isNotEqualTo(token);
  }

  @ParameterizedTest
  @CsvSource({"PT13H", "PT-1H"})
  void a_page_comes_with_another_token_before_the_one_of_before_is_too_old(Duration age) {
    String token = token(Instant.now().minus(age));
    browser.put("XSRF-TOKEN", "/", token);
    assertThat(browser.token("/login")).isNotEqualTo(token);
  }

  @Test
  void a_token_that_nobody_signed_opens_nothing() {
    String token = token(Instant.now().minusSeconds(60));
    browser.put("XSRF-TOKEN", "/", token);
    assertThat(browser.token("/login")).isEqualTo(token);
    Reply refused = browser.sendWith(token, "/login", credentials);
    assertThat(refused.header("Location")).isEqualTo("/login?notice=stale");
    assertThat(browser.token(refused.header("Location"))).isNotEqualTo(token);
  }

  private static String token(Instant made) {
    return "c2FsdA." + made.toEpochMilli() + ".c2lnbmF0dXJl";
  }

  @Test
  void signing_in_in_a_tab_that_another_outdated_asks_for_it_once_more() {
    Reply refused = browser.sendStale("/login", "/login", credentials);
    assertThat(refused.status()).isEqualTo(303);
    Reply page = browser.get(refused.header("Location"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains(STALE, "action=\"/login\"");
    assertThat(browser.cookie("porteria_session", "/")).isEmpty();
    assertThat(browser.send("/login", "/login", credentials).header("Location"))
        .isEqualTo("/dashboard");
  }

  @Test
  void signing_out_in_a_tab_that_another_outdated_asks_for_it_once_more() {
    browser.send("/login", "/login", credentials);
    Reply refused = browser.sendStale("/dashboard", "/logout", Map.of());
    assertThat(refused.status()).isEqualTo(303);
    Reply page = browser.get(refused.header("Location"));
    assertThat(page.text()).contains(STALE, "action=\"/logout\"");
    assertThat(browser.cookie("porteria_session", "/")).isNotEmpty();
    browser.send("/logout", "/logout", Map.of());
    assertThat(browser.cookie("porteria_session", "/")).isEmpty();
  }

  @Test
  void who_is_signed_out_is_not_asked_to_sign_out() {
    assertThat(browser.get("/logout?notice=stale").header("Location")).isEqualTo("/login");
  }

  @Test
  void an_address_makes_a_page_say_nothing_of_its_own() {
    assertThat(browser.get("/login?notice=login.failed").text()).doesNotContain("role=\"alert\"");
  }
}
