package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** The pages without a mouse, and for who is made ill by motion. */
@ExtendWith(RunningServerExtension.class)
@Telling
class KeyboardBrowserTest {

  /** More than any of the pages has. */
  private static final int MOST_STOPS = 120;

  /**
   * What stops the keyboard without being seen to: neither it nor the label that stands for it is
   * outlined. Empty where all is well.
   */
  private static final String UNSEEN =
      """
      () => {
        const stop = document.activeElement;
        if (stop === null || stop === document.body) {
          return "end";
        }
        const marked = (element) => {
          const style = getComputedStyle(element);
          return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        };
        const seen = [stop, ...(stop.labels ?? [])].some(marked);
        return seen ? "" : stop.outerHTML.slice(0, 120);
      }
      """;

  private final TestSchool school;
  private final SchoolBrowser browser;

  KeyboardBrowserTest(RunningServer server) {
    school = server.school();
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void the_first_stop_leads_past_the_bar() {
    Page page = browser.open(Role.ADMIN, "/tags", 1920);
    page.keyboard().press("Tab");
    Locator skip = page.locator(".skip");
    assertThat(skip).isFocused();
    assertThat(skip.boundingBox().y).isGreaterThanOrEqualTo(0);
    page.keyboard().press("Enter");
    assertThat(page.locator("#main")).isFocused();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dashboard",
        "/students/ANA",
        "/broadcasts/new",
        "/schedules/new",
        "/staff",
        "/devices",
        "/login"
      })
  void every_stop_is_seen_and_none_holds_fast(String path) {
    TestPupil ana = school.pupil("Ana Rojas");
    Page page = path.equals("/login") ? browser.stranger(1280) : browser.blank(Role.ADMIN, 1280);
    page.navigate(SchoolBrowser.url(path.replace("ANA", ana.id().toString())));
    List<String> unseen = new ArrayList<>();
    int stops = 0;
    for (String stop = ""; !stop.equals("end") && stops < MOST_STOPS; stops++) {
      page.keyboard().press("Tab");
      stop = String.valueOf(page.evaluate(UNSEEN));
      if (!stop.isEmpty() && !stop.equals("end")) {
        unseen.add(stop);
      }
    }
    assertThat(unseen).isEmpty();
    assertThat(stops).isBetween(3, MOST_STOPS - 1);
  }

  @Test
  void a_question_keeps_the_keyboard_and_gives_it_back() {
    Page page = browser.blank(Role.DIRECTOR, 1280);
    page.route(
        "**/api/v1/attendance/alarms",
        route ->
            route.fulfill(
                new FulfillOptions()
                    .setContentType("application/json")
                    .setBody(HeldAlarms.ofADarkGate())));
    page.navigate(SchoolBrowser.url("/dashboard"));
    Locator ask = page.locator("#alarms-ask");
    assertThat(ask).isVisible();
    ask.focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("#alarms-dialog")).isVisible();
    for (int press = 0; press < 6; press++) {
      assertThat(
              page.evaluate(
                  "() => document.activeElement === document.body"
                      + " || document.activeElement.closest('#alarms-dialog') !== null"))
          .isEqualTo(true);
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Escape");
    assertThat(page.locator("#alarms-dialog")).isHidden();
    assertThat(ask).isFocused();
  }

  @Test
  void nothing_moves_for_who_does_not_want_it() {
    Page page = browser.open(Role.DIRECTOR, "/dashboard", 1280);
    assertThat(turning(page)).isEqualTo("turn");
    page.emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    assertThat(turning(page)).isEqualTo("none");
  }

  /** How the sign of a connection that is being opened moves. */
  private static String turning(Page page) {
    return String.valueOf(
        page.evaluate(
            "getComputedStyle(document.querySelector('.connection .when-connecting')).animationName"));
  }
}
