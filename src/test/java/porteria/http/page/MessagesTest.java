package porteria.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

  private static final Path WEB = Path.of("src", "main", "resources", "web");

  /** Keys named as a whole; those put together from parts are looked for in the browser. */
  private static final List<Pattern> USES =
      List.of(
          Pattern.compile("\\bt\\[\"([a-zA-Z_.]+[a-zA-Z_])\"\\]"),
          Pattern.compile("\\btext\\(\"([a-zA-Z_.]+)\""));

  private final Messages messages = Messages.load();

  @ParameterizedTest
  @ValueSource(strings = {"en", "pt"})
  void every_language_has_the_texts_that_spanish_has(String language) {
    assertThat(messages.in(language)).containsOnlyKeys(messages.in("es").keySet());
    assertThat(messages.in(language).values()).noneMatch(String::isBlank);
  }

  @Test
  void every_text_that_a_page_or_script_names_exists() throws IOException {
    Set<String> used;
    try (Stream<Path> files = Files.walk(WEB)) {
      used =
          files.filter(MessagesTest::names).flatMap(MessagesTest::uses).collect(Collectors.toSet());
    }
    assertThat(used).contains("login.title", "live.live").hasSizeGreaterThan(20);
    assertThat(messages.in("es")).containsKeys(used.toArray(String[]::new));
  }

  private static boolean names(Path file) {
    return file.toString().endsWith(".ftlh") || file.toString().endsWith(".js");
  }

  private static Stream<String> uses(Path file) {
    try {
      String source = Files.readString(file);
      return USES.stream()
          .flatMap(use -> use.matcher(source).results())
          .map(found -> found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
