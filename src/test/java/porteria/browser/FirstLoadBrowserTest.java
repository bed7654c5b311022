package porteria.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestSchool;

/** How much, and for how long, the dashboard loads in a browser that never saw it. */
@ExtendWith(RunningServerExtension.class)
@Telling
class FirstLoadBrowserTest {

  private static final int MOST_BYTES = 150 * 1_024;

  /** It is to take a second, on a machine that does nothing else; here others are at work. */
  private static final double PATIENCE_MILLIS = 3_000;

  /**
   * A machine that is busy at one moment says nothing of the page: the quickest of these counts.
   */
  private static final int LOADS = 3;

  /** Notes when the figures stand. */
  private static final String WATCH =
      """
      new MutationObserver(() => {
        const main = document.getElementById("main");
        if (!window.readyAt && main && main.getAttribute("aria-busy") === "false") {
          window.readyAt = performance.now();
        }
      }).observe(document, { subtree: true, childList: true, attributes: true });
      """;

  private final SchoolBrowser browser;

  FirstLoadBrowserTest(RunningServer server) {
    TestSchool school = server.school();
    Stream.of("1.º Básico A", "2.º Básico A", "3.º Básico A")
        .map(name -> school.course(name, "08:00"))
        .forEach(course -> school.pupil("Ana Rojas", course));
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void the_first_load_of_the_dashboard_is_small_and_prompt(TestReporter reporter) {
    List<Load> loads = Stream.generate(this::firstLoad).limit(LOADS).toList();
    Load first = loads.getFirst();
    double quickest = loads.stream().mapToDouble(Load::readyMillis).min().orElseThrow();
    reporter.publishEntry("bytes of the first load", first.total() + " of " + first.bytes());
    reporter.publishEntry("its figures stand after", Math.round(quickest) + " ms");
    assertThat(first.bytes().keySet()).anyMatch(address -> address.endsWith("/dashboard.js"));
    assertThat(first.total()).isLessThanOrEqualTo(MOST_BYTES);
    assertThat(quickest).isLessThanOrEqualTo(PATIENCE_MILLIS);
  }

  @Test
  void what_was_loaded_once_is_not_loaded_again() {
    Page page = browser.blank(Role.DIRECTOR, 1280);
    load(page);
    assertThat(load(page).bytes().keySet())
        .isNotEmpty()
        .noneMatch(address -> address.contains("/webjars/") || address.contains("/static/"));
  }

  /**
   * One load of the dashboard.
   *
   * @param bytes of each answer that came over the wire, with its head
   * @param readyMillis from the first request until the figures stood
   */
  private record Load(Map<String, Integer> bytes, double readyMillis) {

    int total() {
      return bytes.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private Load firstLoad() {
    Page page = browser.blank(Role.DIRECTOR, 1280);
    page.addInitScript(WATCH);
    Load load = load(page);
    page.context().close();
    return load;
  }

  private static Load load(Page page) {
    Map<String, String> addresses = new HashMap<>();
    Map<String, Integer> bytes = new TreeMap<>();
    CDPSession network = network(page);
    network.on(
        "Network.requestWillBeSent",
        event ->
            addresses.put(id(event), event.getAsJsonObject("request").get("url").getAsString()));
    network.on(
        "Network.loadingFinished",
        event -> {
          int length = event.get("encodedDataLength").getAsInt();
          if (length > 0) {
            bytes.merge(addresses.getOrDefault(id(event), "another"), length, Integer::sum);
          }
        });
    page.navigate(SchoolBrowser.url("/dashboard"));
    awaitReady(page);
    Object ready = page.evaluate("window.readyAt ?? 0");
    network.detach();
    return new Load(bytes, ((Number) Objects.requireNonNull(ready)).doubleValue());
  }

  private static CDPSession network(Page page) {
    CDPSession session = page.context().newCDPSession(page);
    session.send("Network.enable");
    return session;
  }

  private static String id(JsonObject event) {
    return event.get("requestId").getAsString();
  }

  private static void awaitReady(Page page) {
    page.locator("#main[aria-busy=false]").waitFor();
    page.locator("#connection[data-state=live]").waitFor();
  }
}
