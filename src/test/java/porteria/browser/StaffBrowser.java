package porteria.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.List;
import porteria.domain.Role;
import porteria.testkit.ChromiumBrowser;
import porteria.testkit.RunningServer;
import porteria.testkit.TestSchool;

/** A browser in which members of a school's staff are signed in. Pages run no scripts in it. */
final class StaffBrowser implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final RunningServer server;
  private final TestSchool school;
  private final ChromiumBrowser chromium = ChromiumBrowser.launch();

  StaffBrowser(RunningServer server, TestSchool school) {
    this.server = server;
    this.school = school;
  }

  /** A page as somebody of this role sees it. */
  Page open(Role role, String path, int width) {
    return open(role, path, width, ColorScheme.LIGHT);
  }

  Page open(Role role, String path, int width, ColorScheme colors) {
    Page page =
        chromium
            .browser()
            .newContext(
                new NewContextOptions()
                    .setViewportSize(width, width < 600 ? 740 : 1080)
                    .setJavaScriptEnabled(false)
                    .setColorScheme(colors)
                    .setLocale("es-CL"))
            .newPage();
    page.context()
        .addCookies(List.of(new Cookie("porteria_session", school.login(role)).setUrl(url("/"))));
    page.navigate(url(path));
    return page;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  /** Keeps how a page looks, and makes sure that nobody has to scroll sideways. */
  static void picture(Page page, String name) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("no sideways scroll")
        .isEqualTo(true);
    page.screenshot(
        new ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Override
  public void close() {
    chromium.close();
  }
}
