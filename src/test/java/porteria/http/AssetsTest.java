package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;

/** What pages load is loaded once, pressed, and never out of date. */
@ExtendWith(RunningServerExtension.class)
class AssetsTest {

  /** Where pages name what they load, and scripts what they import. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:src|href)=\"(/(?:static|webjars)/[^\"#]+)|(?:from|import) \"([^\"]+\\.js)\"");

  /** What is smaller than a packet gains nothing by being pressed. */
  private static final int PRESSED_FROM_BYTES = 1_024;

  private final RunningServer server;

  AssetsTest(RunningServer server) {
    this.server = server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/dashboard", "/broadcasts/new", "/students", "/schedules"})
  void what_a_page_loads_is_kept_for_good(String page) {
    Set<String> assets = loadedBy(page);
    assertThat(assets).anyMatch(each -> each.endsWith("/app.css"));
    for (String asset : assets) {
      Reply reply = get(asset);
      assertThat(reply.status()).as(asset).isEqualTo(200);
      assertThat(reply.header("Cache-Control"))
          .as(asset)
          .contains("public", "immutable", "max-age=31536000");
      assertThat(reply.header("Vary")).as(asset).isEqualToIgnoringCase("accept-encoding");
      assertThat(reply.header("X-Content-Type-Options")).as(asset).isEqualTo("nosniff");
    }
  }

  @Test
  void what_a_page_loads_comes_pressed() {
    for (String asset : loadedBy("/dashboard")) {
      Reply plain = get(asset);
      Reply pressed =
          Reply.of(
              server
                  .request(HttpMethod.GET, asset)
                  .putHeader("Accept-Encoding", "gzip")
                  .send()
                  .await());
      boolean worthIt = plain.text().getBytes(StandardCharsets.UTF_8).length >= PRESSED_FROM_BYTES;
      assertThat(pressed.header("Content-Encoding")).as(asset).isEqualTo(worthIt ? "gzip" : "");
    }
  }

  @Test
  void a_page_is_stored_nowhere() {
    assertThat(page("/login").header("Cache-Control")).isEqualTo("no-store");
    assertThat(page("/dashboard").header("Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/static/app.css", "/static/0123456789ab/app.css"})
  void an_address_of_another_release_leads_to_the_file_as_it_is_now(String former) {
    Reply reply = get(former);
    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(loadedBy("/login")).contains(reply.header("Location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/static/nothing.css",
        "/static/0123456789ab/nothing.css",
        "/static/../messages_es.properties",
        "/static/%2e%2e/messages_es.properties",
        "/webjars/picocss__pico/2.1.1/package.json",
      })
  void what_is_no_asset_is_not_there(String path) {
    Reply reply = get(path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Cache-Control")).doesNotContain("immutable");
  }

  /** All addresses that a page names and those that their scripts import. */
  private Set<String> loadedBy(String page) {
    Set<String> known = new LinkedHashSet<>();
    Deque<String> unread = new ArrayDeque<>(named(page, page(page).text()));
    while (!unread.isEmpty()) {
      String asset = unread.remove();
      if (known.add(asset) && asset.startsWith("/static/") && asset.endsWith(".js")) {
        unread.addAll(named(asset, get(asset).text()));
      }
    }
    return known;
  }

  private static Set<String> named(String by, String text) {
    Set<String> found = new LinkedHashSet<>();
    NAMED.matcher(text).results().map(AssetsTest::address).forEach(found::add);
    Set<String> resolved = new LinkedHashSet<>();
    found.forEach(each -> resolved.add(URI.create(by).resolve(each).toString()));
    return resolved;
  }

  private static String address(MatchResult match) {
    return match.group(1) != null ? match.group(1) : match.group(2);
  }

  private Reply page(String path) {
    return Reply.of(
        server
            .request(HttpMethod.GET, path)
            .putHeader("Cookie", "porteria_session=" + server.school().login(Role.ADMIN))
            .send()
            .await());
  }

  private Reply get(String path) {
    return Reply.of(server.request(HttpMethod.GET, path).followRedirects(false).send().await());
  }
}
