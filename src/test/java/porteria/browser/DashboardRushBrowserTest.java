package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** A thousand pupils come in at once, and a frame gets lost. */
@ExtendWith(RunningServerExtension.class)
class DashboardRushBrowserTest {

  private static final int RUSH = 1_000;
  private static final int OF_COURSE = RUSH / 20;
  private static final int AT_ONCE = 100;
  private static final double BUDGET_MILLIS = 200;

  /** Notes every count that the page shows as present. */
  private static final String WATCH =
      """
      () => {
        const figure = document.querySelector("[data-figure=present]");
        window.shown = [];
        new MutationObserver(() => window.shown.push(Number(figure.textContent.replace(/\\D/g, ""))))
          .observe(figure, { childList: true, characterData: true, subtree: true });
      }
      """;

  /** How long the page takes to answer a click with a new picture. */
  private static final String CLICK =
      """
      () => new Promise((resolve) => {
        const begun = performance.now();
        document.querySelector(".account summary").click();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
      })
      """;

  /** Lets a page lose the next frame, as often as it is told to. */
  private static final String DEAF =
      """
      const Native = window.WebSocket;
      window.WebSocket = class extends Native {
        set onmessage(heard) {
          super.onmessage = (event) => {
            if (window.deaf && String(event.data).includes("attendance")) {
              window.deaf = false;
            } else {
              heard(event);
            }
          };
        }
      };
      """;

  private final BusyMorning morning;
  private final TestSchool school;
  private final List<TestPupil> pupils;
  private final SchoolBrowser browser;

  DashboardRushBrowserTest(RunningServer server) {
    morning = new BusyMorning(server, OF_COURSE);
    school = morning.school();
    pupils = morning.pupils();
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void a_thousand_events_do_not_freeze_it_and_no_count_is_wrong_after_a_lost_frame() {
    Page page = browser.openInTime(Role.INSPECTOR, "/dashboard", 1920, DEAF);
    assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    assertThat(page.locator("[data-figure=absent]")).hasText("1.000");
    page.evaluate(WATCH);

    List<Double> clicks = new ArrayList<>(clicksWhileTheyCome(page, 0, RUSH / 2));
    assertThat(page.locator("[data-figure=present]")).hasText(String.valueOf(RUSH / 2));
    clicks.addAll(clicksWhileTheyCome(page, RUSH / 2, RUSH - 1));
    assertThat(page.locator("[data-figure=present]")).hasText("999");

    clicks.sort(Double::compare);
    assertThat(clicks.get(clicks.size() / 2))
        .as("most clicks of %s", clicks)
        .isLessThan(BUDGET_MILLIS);
    List<?> shown = (List<?>) page.evaluate("window.shown");
    assertThat(shown).as("it is moved while they come").hasSizeGreaterThan(1);
    assertThat(shown.stream().map(count -> ((Number) count).intValue()).toList())
        .isSorted()
        .last()
        .isEqualTo(RUSH - 1);
    SchoolBrowser.shoot(page, "dashboard-rush-1920");

    page.evaluate("window.deaf = true");
    TestPupil last = pupils.getLast();
    school.south().in(last, morning.at("07:30"));
    page.waitForFunction("() => window.deaf === false");
    assertThat(page.locator("[data-figure=present]")).hasText("999");
    // The next frame shows that one was lost.
    school.south().out(pupils.getFirst(), morning.at("07:30"));
    assertThat(page.locator("[data-note=present]")).hasText("de 1.000 esperados · 1 salió");
    assertThat(page.locator("[data-figure=present]")).hasText("999");
    assertThat(page.locator("[data-figure=absent]")).hasText("0");
    assertThat(page.locator("#stream-rows")).containsText(last.fullName());
    assertThat(browser.complaints()).isEmpty();
  }

  /** How long each click took. */
  private List<Double> clicksWhileTheyCome(Page page, int first, int last) {
    CompletableFuture<Void> rush = CompletableFuture.runAsync(() -> come(first, last));
    List<Double> clicks = new ArrayList<>();
    while (!rush.isDone() || clicks.isEmpty()) {
      clicks.add(((Number) page.evaluate(CLICK)).doubleValue());
    }
    rush.join();
    return clicks;
  }

  /** A hundred after the other. */
  private void come(int first, int last) {
    for (int from = first; from < last; from += AT_ONCE) {
      List<TestPupil> next = pupils.subList(from, Math.min(from + AT_ONCE, last));
      morning.came(0, next, "07:30", Duration.ZERO);
    }
  }
}
