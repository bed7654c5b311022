package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.testkit.ChromiumBrowser;
import porteria.testkit.DemoSchoolFile.Login;
import porteria.testkit.DemoSchoolFile.Pupil;

class DashboardBrowserTest {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final long PROMPT_MILLIS = 1_000;

  /**
   * A machine that is busy at one moment says nothing of the page: the quickest of these counts.
   */
  private static final int SCANS = 3;

  /** The page waits ever longer between its attempts while the server is away. */
  private static final double RETURN_MILLIS = 40_000;

  /** Notes the time at which each row appears, under the name it shows. */
  private static final String WATCH_STREAM =
      """
      () => {
        window.seenAt = {};
        const note = (row) => (window.seenAt[row.querySelector(".who").textContent] = Date.now());
        new MutationObserver((changes) =>
          changes.forEach((change) => change.addedNodes.forEach(note)),
        ).observe(document.getElementById("stream-rows"), { childList: true });
      }
      """;

  @TempDir static Path data;

  private static @Nullable DemoServer server;
  private static @Nullable ChromiumBrowser chromium;
  private static String session = "";

  private final List<String> complaints = new ArrayList<>();
  private @Nullable Page open;

  @BeforeAll
  static void start() {
    server = new DemoServer(data);
    chromium = ChromiumBrowser.launch();
    try (BrowserContext context = chromium.browser().newContext(reader())) {
      Page page = context.newPage();
      logIn(page, server().school().inspector());
      assertThat(page).hasURL(server().url("/dashboard"));
      session = context.storageState();
    }
    // The first scan of a server's life waits for connections to be opened.
    server().enter(server().nextPupil());
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      close(chromium);
    } finally {
      close(server);
    }
  }

  private static void close(@Nullable AutoCloseable started) throws Exception {
    if (started != null) {
      started.close();
    }
  }

  @AfterEach
  void closePage() {
    Page page = open;
    if (page != null) {
      page.context().close();
    }
  }

  @Test
  void a_wrong_password_is_told_in_words_and_lets_nobody_in() {
    Page page = stranger(reader());
    logIn(page, new Login(server().school().inspector().email(), "not the password"));
    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText("El correo y la contraseña no coinciden. Prueba de nuevo.");
    assertThat(page.getByLabel("Correo")).hasValue(server().school().inspector().email());
    page.navigate(server().url("/dashboard"));
    assertThat(page).hasURL(server().url("/login"));
  }

  @Test
  void leaving_ends_the_session() {
    // One of its own: the others go on with theirs.
    Page page = stranger(reader());
    logIn(page, server().school().inspector());
    assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    page.locator(".account summary").click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Salir")).click();
    assertThat(page).hasURL(server().url("/login"));
    page.navigate(server().url("/dashboard"));
    assertThat(page).hasURL(server().url("/login"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void the_day_and_the_state_of_the_connection_are_shown() {
    Page page = dashboard();
    assertThat(page.locator(".school")).containsText("Colegio Los Aromos");
    assertThat(page.locator("#connection-text")).hasText("En vivo");
    assertThat(page.locator("#date")).hasText(Pattern.compile("Hoy, \\S+ \\d+ de \\S+"));
    assertThat(page.locator("#board .course")).hasCount(20);
    assertThat(page.locator("[data-note=present]")).hasText("de 600 esperados");
    assertFiguresAreTheServers(page);
    assertThat(complaints).isEmpty();
  }

  @Test
  void a_scan_shows_within_a_second_and_moves_the_figures_in_place() {
    Page page = dashboard();
    page.evaluate(WATCH_STREAM);
    int before = server().totals().getInteger("present");
    Locator present = page.locator("[data-figure=present]");
    assertThat(present).hasText(Integer.toString(before));
    present.evaluate("figure => figure.dataset.same = 'yes'");
    double height = page.locator(".summary").boundingBox().height;

    List<Long> delays = Stream.generate(() -> delay(page)).limit(SCANS).toList();
    assertThat(delays).allMatch(delay -> delay >= 0);
    assertThat(Collections.min(delays)).isLessThanOrEqualTo(PROMPT_MILLIS);
    assertThat(present).hasText(Integer.toString(before + SCANS));
    assertThat(present).hasAttribute("data-same", "yes");
    assertThat(page.locator(".summary").boundingBox().height).isEqualTo(height);
    assertThat(complaints).isEmpty();
  }

  @Test
  void a_card_nobody_knows_is_shown_as_refused_with_the_reason() {
    Page page = dashboard();
    int before = server().totals().getInteger("present");
    assertThat(server().tap("AAAAAAAAAAAAAAAAAAAAAA").status()).isEqualTo(422);
    Locator row = page.locator("#stream-rows .refused").first();
    assertThat(row).containsText("Lectura rechazada");
    assertThat(row).containsText("Tarjeta desconocida en Puerta ");
    assertThat(page.locator("[data-figure=present]")).hasText(Integer.toString(before));
  }

  @Test
  void an_annulled_entry_is_struck_through_and_no_longer_counted() {
    Page page = dashboard();
    Pupil pupil = server().nextPupil();
    String event = server().enter(pupil).getString("event_id");
    Locator entry = page.locator("#stream-rows [data-event='" + event + "']");
    assertThat(entry).containsText(pupil.fullName());
    int before = server().totals().getInteger("present");
    assertThat(page.locator("[data-figure=present]")).hasText(Integer.toString(before));

    server().annul(event);

    assertThat(entry.locator(".who")).hasCSS("text-decoration-line", "line-through");
    assertThat(entry).containsText("Anulado");
    assertThat(page.locator("#stream-rows .annulled").first())
        .containsText("anulado: fue registrado por error");
    assertThat(page.locator("[data-figure=present]")).hasText(Integer.toString(before - 1));
  }

  @Test
  void after_a_crash_of_the_server_the_page_comes_back_by_itself_with_the_right_figures() {
    Page page = dashboard();
    server().crash();
    Locator connection = page.locator("#connection");
    assertThat(connection).hasAttribute("data-state", Pattern.compile("connecting|stale"));

    server().startAgain();
    List<Pupil> missed = Stream.generate(server()::nextPupil).limit(3).toList();
    missed.forEach(server()::enter);

    assertThat(connection)
        .hasAttribute("data-state", "live", new HasAttributeOptions().setTimeout(RETURN_MILLIS));
    assertFiguresAreTheServers(page);
    missed.forEach(pupil -> assertThat(row(page, pupil.fullName())).isVisible());
  }

  @Test
  void a_page_that_cannot_load_the_day_does_not_call_itself_live() {
    Page page = dashboard();
    Locator connection = page.locator("#connection");
    assertThat(connection).hasAttribute("data-state", "live");
    page.route("**/api/v1/attendance/day", Route::abort);
    page.evaluate("() => window.dispatchEvent(new Event('online'))");
    assertThat(connection).hasAttribute("data-state", Pattern.compile("connecting|stale"));
    page.unroute("**/api/v1/attendance/day");
    assertThat(connection)
        .hasAttribute("data-state", "live", new HasAttributeOptions().setTimeout(RETURN_MILLIS));
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 1920})
  void pages_fit_a_phone_and_a_wall(int width) {
    NewContextOptions screen = reader().setViewportSize(width, width == 360 ? 780 : 1080);
    Page login = stranger(screen);
    login.navigate(server().url("/login"));
    assertFits(login, "login-" + width);
    closePage();

    rush();
    Page page = open(screen.setStorageState(session));
    assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    assertFiguresAreTheServers(page);
    assertFits(page, "dashboard-" + width);
    assertThat(complaints).isEmpty();
  }

  /** A hundred more pupils come in. */
  private static void rush() {
    Stream.generate(server()::nextPupil).limit(100).forEach(server()::enter);
  }

  private static void assertFits(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    assertThat(
            (Boolean)
                page.evaluate(
                    "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("nothing sticks out to the side")
        .isTrue();
  }

  private static void assertFiguresAreTheServers(Page page) {
    JsonObject totals = server().totals();
    for (String name : List.of("present", "late", "absent", "excused")) {
      assertThat(page.locator("[data-figure=" + name + "]"))
          .hasText(
              totals.getInteger(name).toString(), new HasTextOptions().setTimeout(RETURN_MILLIS));
    }
  }

  private static Locator row(Page page, String words) {
    return page.locator("#stream-rows .row", new Page.LocatorOptions().setHasText(words)).first();
  }

  /** Milliseconds from a scan to the moment at which the page shows it. */
  private static long delay(Page page) {
    Pupil pupil = server().nextPupil();
    long sentAt = System.currentTimeMillis();
    server().enter(pupil);
    assertThat(row(page, pupil.fullName())).containsText("Entró por Puerta ");
    return seenAt(page, pupil.fullName()) - sentAt;
  }

  private static long seenAt(Page page, String name) {
    Object time = page.evaluate("name => window.seenAt[name]", name);
    return ((Number) Objects.requireNonNull(time)).longValue();
  }

  private static void logIn(Page page, Login login) {
    page.navigate(server().url("/login"));
    page.getByLabel("Correo").fill(login.email());
    page.getByLabel("Contraseña").fill(login.password());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Entrar")).click();
  }

  /** The dashboard of somebody logged in, live. */
  private Page dashboard() {
    Page page = open(reader().setStorageState(session));
    assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
    assertThat(page.locator("#main")).hasAttribute("aria-busy", "false");
    return page;
  }

  private Page open(NewContextOptions options) {
    Page page = stranger(options);
    page.navigate(server().url("/dashboard"));
    return page;
  }

  /** An empty page of a browser that has no session yet. */
  private Page stranger(NewContextOptions options) {
    Page page = Objects.requireNonNull(chromium).browser().newContext(options).newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if ("error".equals(message.type())) {
            complaints.add(message.text());
          }
        });
    open = page;
    return page;
  }

  private static NewContextOptions reader() {
    return new NewContextOptions().setLocale("es-CL").setViewportSize(1280, 800);
  }

  private static DemoServer server() {
    return Objects.requireNonNull(server);
  }
}
