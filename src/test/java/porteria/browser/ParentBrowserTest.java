package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porteria.testkit.ChromiumBrowser;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestParent;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** A guardian with a small phone: from the link in the inbox to the children, and out again. */
@Telling
@ExtendWith(RunningServerExtension.class)
class ParentBrowserTest {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private static @Nullable ChromiumBrowser chromium;

  private final List<String> requested = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;
  private final TestPupil bruno;
  private final TestParent maria;
  private @Nullable Page open;

  ParentBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Belén Rojas Cisternas");
    bruno = school.pupil("Bruno Rojas Cisternas");
    maria = school.parentOf(ana, bruno);
  }

  @BeforeAll
  static void start() {
    chromium = ChromiumBrowser.launch();
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(chromium).close();
  }

  @AfterEach
  void closePage() {
    Page page = open;
    if (page != null) {
      page.context().close();
    }
  }

  @Test
  void a_guardian_asks_for_a_link_opens_it_sees_each_child_and_leaves() {
    school.north().in(ana, server.now());
    Page page = phone("es-CL", ColorScheme.LIGHT);
    page.navigate(url("/p/" + school.slug()));
    shoot(page, "parent-ask");
    page.getByLabel("Tu WhatsApp o correo").fill("+" + maria.phone());
    button(page, "Enviar el enlace").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Si el colegio tiene ese contacto");
    shoot(page, "parent-sent");

    page.navigate(linkInTheInbox());
    assertThat(button(page, "Entrar")).isVisible();
    assertThat(page).hasURL(url("/p/" + school.slug()));
    shoot(page, "parent-link");
    button(page, "Entrar").click();

    assertThat(heading(page)).hasText("Ana Belén Rojas Cisternas");
    assertThat(page.locator(".word")).hasText("En el colegio");
    assertThat(page.locator(".events li")).hasCount(1);
    assertThat(page.locator(".events li")).containsText("Entró por Puerta Norte");
    shoot(page, "parent-in");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Bruno")).click();
    assertThat(heading(page)).hasText("Bruno Rojas Cisternas");
    assertThat(page.locator(".word")).hasText("Sin registro hoy");
    shoot(page, "parent-sibling");

    button(page, "Salir").click();
    assertThat(button(page, "Enviar el enlace")).isVisible();
    page.navigate(url("/p/" + school.slug()));
    assertThat(heading(page)).not().hasText("Ana Belén Rojas Cisternas");
    assertThat(requested)
        .noneMatch(url -> url.contains(TestParent.token(maria.links().getFirst())));
    assertThat(complaints).isEmpty();
  }

  @Test
  void a_day_with_a_correction_is_readable_in_the_dark() {
    school.north().in(ana, server.now());
    String mistaken = school.south().out(ana, server.now().plusSeconds(300)).get("event_id");
    school.south().annul(mistaken);
    Page page = phone("es-CL", ColorScheme.DARK);
    maria.ask();
    page.navigate(linkInTheInbox());
    button(page, "Entrar").click();
    assertThat(page.locator(".word")).hasText("En el colegio");
    assertThat(page.locator(".events .annulled")).containsText("Anulado");
    shoot(page, "parent-dark");
  }

  @Test
  void a_spent_link_says_so_and_offers_a_new_one() {
    maria.ask();
    String link = linkInTheInbox();
    maria.redeem(TestParent.token(maria.links().getLast())).await();
    Page page = phone("es-CL", ColorScheme.LIGHT);
    page.navigate(link);
    button(page, "Entrar").click();
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("Este enlace ya no sirve. Pide uno nuevo.");
    assertThat(page.getByLabel("Tu WhatsApp o correo")).isVisible();
    shoot(page, "parent-spent");
  }

  @ParameterizedTest
  @CsvSource({"en-US, Send the link", "pt-BR, Enviar o link"})
  void the_door_speaks_the_readers_language(String locale, String words) {
    Page page = phone(locale, ColorScheme.LIGHT);
    page.navigate(url("/p"));
    assertThat(button(page, words)).isVisible();
    shoot(page, "parent-door-" + locale);
  }

  /** The newest link on the guardian's phone, led to the port that this server listens on. */
  private String linkInTheInbox() {
    Awaitility.await().until(() -> !maria.links().isEmpty());
    String text = maria.links().getLast();
    return url("/p/" + school.slug() + "#" + TestParent.token(text));
  }

  private Page phone(String locale, ColorScheme colours) {
    Page page =
        Objects.requireNonNull(chromium)
            .browser()
            .newContext(
                new NewContextOptions()
                    .setLocale(locale)
                    .setColorScheme(colours)
                    .setDeviceScaleFactor(2)
                    .setViewportSize(360, 740))
            .newPage();
    page.onRequest(request -> requested.add(request.url() + request.headers().get("referer")));
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

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    assertThat(
            (Boolean)
                page.evaluate(
                    "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .as("nothing sticks out to the side")
        .isTrue();
  }

  private static Locator heading(Page page) {
    return page.locator("h1");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }
}
