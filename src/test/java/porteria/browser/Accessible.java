package porteria.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;

/** What axe finds wrong with a page by WCAG 2.2 AA: on a phone and a wall, in light and dark. */
final class Accessible {

  private static final int[] WIDTHS = {360, 1920};

  private static final String AXE = read();

  /** Everything that the tags ask for; in the dark nothing but colours differs. */
  private static final String RUN =
      """
      async (scheme) => {
        const all = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
        const found = await axe.run(document, {
          runOnly: scheme === "light" ? { type: "tag", values: all } : { type: "rule", values: ["color-contrast"] },
          rules: { "target-size": { enabled: scheme === "light" } },
          resultTypes: ["violations"],
          iframes: false,
        });
        if (found.passes.length === 0) {
          return ["nothing was looked at"];
        }
        return found.violations.flatMap((each) =>
          each.nodes.map((node) => [each.id, node.target.join(" "), node.failureSummary].join(" · ")),
        );
      }
      """;

  /** Scripts of pages hear of another colour scheme when the next picture is made. */
  private static final String REDRAWN =
      "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";

  /** All that can be unfolded, the menu apart, which covers others. */
  private static final String UNFOLD =
      """
      () => {
        const folded = [...document.querySelectorAll("main details:not([open])")];
        folded.forEach((each) => {
          each.removeAttribute("name");
          each.open = true;
        });
        return folded.length > 0;
      }
      """;

  private final SoftAssertions verdicts = new SoftAssertions();

  /** Looks at a page as it stands, then unfolds all that can be and looks again. */
  void look(Page page, String state) {
    look(page, state, WIDTHS);
    if (Boolean.TRUE.equals(page.evaluate(UNFOLD))) {
      look(page, state + ", unfolded", WIDTHS[0]);
    }
  }

  /** Looks at a page as it stands on screens of these widths. */
  void look(Page page, String state, int... widths) {
    page.emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    page.evaluate(AXE);
    for (int width : widths) {
      page.setViewportSize(width, width < 600 ? 740 : 1080);
      for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(colours));
        page.evaluate(REDRAWN);
        List<String> found = new ArrayList<>();
        Object violations = page.evaluate(RUN, colours == ColorScheme.LIGHT ? "light" : "dark");
        ((List<?>) Objects.requireNonNull(violations))
            .forEach(each -> found.add(String.valueOf(each)));
        verdicts.assertThat(found).as("%s at %d in %s", state, width, colours).isEmpty();
      }
    }
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  /** Fails with all that was found. */
  void conclude() {
    verdicts.assertAll();
  }

  private static String read() {
    try (InputStream stream = Accessible.class.getResourceAsStream("/axe.min.js")) {
      assertThat(stream).as("axe on the class path").isNotNull();
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
