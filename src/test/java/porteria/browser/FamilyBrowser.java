package porteria.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import porteria.testkit.ChromiumBrowser;
import porteria.testkit.RunningServer;
import porteria.testkit.TestParent;
import porteria.testkit.TestSchool;

/** A browser in which guardians of a school are signed in. */
final class FamilyBrowser implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final ChromiumBrowser chromium = ChromiumBrowser.launch();
  private final List<String> complaints = new ArrayList<>();

  /** How a page is looked at. */
  enum Look {
    PHONE(360, 740, ColorScheme.LIGHT, true),
    PHONE_AT_NIGHT(360, 740, ColorScheme.DARK, true),
    PHONE_WITHOUT_SCRIPTS(360, 740, ColorScheme.LIGHT, false),
    WIDE(1920, 1080, ColorScheme.LIGHT, true);

    private final int width;
    private final int height;
    private final ColorScheme colours;
    private final boolean scripts;

    Look(int width, int height, ColorScheme colours, boolean scripts) {
      this.width = width;
      this.height = height;
      this.colours = colours;
      this.scripts = scripts;
    }
  }

  /** A page of the school, such as {@code /days}, as the guardian of this session sees it. */
  Page open(RunningServer server, TestSchool school, String session, String path, Look look) {
    String root = "http://127.0.0.1:" + server.port();
    Page page =
        chromium
            .browser()
            .newContext(
                new NewContextOptions()
                    .setViewportSize(look.width, look.height)
                    .setJavaScriptEnabled(look.scripts)
                    .setColorScheme(look.colours)
                    .setLocale("es-CL"))
            .newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if ("error".equals(message.type())) {
            complaints.add(message.text());
          }
        });
    page.context()
        .addCookies(
            List.of(
                new Cookie("porteria_family", session)
                    .setDomain("127.0.0.1")
                    .setPath("/p/" + school.slug())));
    page.navigate(root + "/p/" + school.slug() + path);
    return page;
  }

  /** The same, of a guardian who comes in anew. */
  Page open(RunningServer server, TestSchool school, TestParent parent, String path, Look look) {
    return open(server, school, parent.signIn(), path, look);
  }

  /** What scripts and loading failed with. */
  List<String> complaints() {
    return complaints;
  }

  /** Keeps a picture of a page, on which nothing sticks out to the side. */
  static void shoot(Page page, String name) {
    page.screenshot(
        new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("nothing of %s sticks out to the side", name)
        .isEqualTo(true);
  }

  @Override
  public void close() {
    chromium.close();
  }
}
