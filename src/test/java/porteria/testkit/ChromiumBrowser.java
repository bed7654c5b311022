package porteria.testkit;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's Chromium, driven by Playwright. Where there is none it is installed from Debian's
 * archive, if we may; otherwise tests fail and say what is missing.
 */
public final class ChromiumBrowser implements AutoCloseable {

  private static final List<String> PLACES =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium");

  private static final String INSTALL =
      "apt-get update && apt-get install -y --no-install-recommends chromium";

  /** What is asserted of a page is waited for so long; the library alone would wait 5 s. */
  private static final double PATIENCE_MILLIS = 30_000;

  private final Playwright playwright;
  private final Browser browser;

  private ChromiumBrowser(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts it, without a window. */
  public static ChromiumBrowser launch() {
    return launchWith(List.of());
  }

  /** The same; what it loads from the origin of the tests' servers comes from this port. */
  public static ChromiumBrowser launchAt(int port) {
    return launchWith(List.of("--host-resolver-rules=MAP localhost:8080 127.0.0.1:" + port));
  }

  private static ChromiumBrowser launchWith(List<String> more) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Path program = find().orElseGet(ChromiumBrowser::install);
    Playwright playwright =
        Playwright.create(
            new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new ChromiumBrowser(playwright, playwright.chromium().launch(options(program, more)));
    } catch (RuntimeException failed) {
      playwright.close();
      throw failed;
    }
  }

  public Browser browser() {
    return browser;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static LaunchOptions options(Path program, List<String> more) {
    return new LaunchOptions()
        .setExecutablePath(program)
        .setArgs(
            Stream.concat(
                    Stream.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"),
                    more.stream())
                .toList());
  }

  private static Optional<Path> find() {
    return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  private static Path install() {
    if (!mayInstall()) {
      throw new AssertionError(
          "These tests need Chromium and found none of "
              + PLACES
              + ". Install it, on Debian as root with: "
              + INSTALL);
    }
    String output = run(INSTALL);
    return find()
        .orElseThrow(
            () -> new AssertionError("Chromium could not be installed with: " + INSTALL + output));
  }

  private static boolean mayInstall() {
    return "root".equals(System.getProperty("user.name"))
        && Files.exists(Path.of("/etc/debian_version"))
        && Files.isExecutable(Path.of("/usr/bin/apt-get"));
  }

  /** What the command said. */
  private static String run(String command) {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return "\n" + output + "\nexit code " + process.onExit().join().exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
