package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
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
