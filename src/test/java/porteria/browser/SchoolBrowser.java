package porteria.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import porteria.domain.Role;
import porteria.testkit.ChromiumBrowser;
import porteria.testkit.RunningServer;
import porteria.testkit.TestSchool;

/** A browser in which people of a school's staff are signed in, at the origin of the server. */
final class SchoolBrowser implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String ORIGIN = "http://localhost:8080";

  private final RunningServer server;
  private final TestSchool school;
  private final ChromiumBrowser chromium;
  private final List<String> complaints = new ArrayList<>();

  SchoolBrowser(RunningServer server, TestSchool school) {
    this.server = server;
    this.school = school;
    this.chromium = ChromiumBrowser.launchAt(server.port());
  }

  /** Where a page of the server lies. */
  static String url(String path) {
    return ORIGIN + path;
  }

  /** A page on a screen this wide. */
  Page open(Role role, String path, int width) {
    Page page = blank(role, width);
    page.navigate(url(path));
    return page;
  }

  /** The same on a machine whose clock shows the server's time, and stands; scripts run first. */
  Page openInTime(Role role, String path, int width, String... scripts) {
    Page page = blank(role, width);
    List.of(scripts).forEach(page::addInitScript);
    page.clock().setFixedTime(Date.from(server.now()));
    page.navigate(url(path));
    return page;
  }

  /** The same, before anything is loaded. */
  Page blank(Role role, int width) {
    Page page = stranger(width);
    page.context()
        .addCookies(
            List.of(new Cookie("porteria_session", school.login(role)).setUrl(ORIGIN + "/")));
    return page;
  }

  /** The same of somebody who is not signed in. */
  Page stranger(int width) {
    Page page =
        chromium
            .browser()
            .newContext(
                new NewContextOptions()
                    .setViewportSize(width, width < 600 ? 740 : 1080)
                    .setColorScheme(ColorScheme.LIGHT)
                    .setLocale("es-CL"))
            .newPage();
    page.onPageError(complaints::add);
    return page;
  }

  /** What scripts of the pages failed with. */
  List<String> complaints() {
    return complaints;
  }

  /** So many families with a phone each who want to hear of changes; the phones. */
  List<String> families(int count) {
    List<String> phones =
        IntStream.range(0, count)
            .mapToObj(each -> school.guardianOf(school.pupil("Ana Rojas " + (char) ('A' + each))))
            .toList();
    server
        .sql()
        .lines(
            "UPDATE guardian SET notification_prefs = '{\"CAMBIO_HORARIO\":[\"WHATSAPP\"]}'"
                + " WHERE school_id = ?",
            school.id());
    return phones;
  }

  /** Keeps a picture of a page, on which nothing sticks out to the side. */
  static void shoot(Page page, String name) {
    page.screenshot(
        new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .isEqualTo(true);
  }

  @Override
  public void close() {
    chromium.close();
  }
}
