package porteria.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

  private static final Path WEB = Path.of("src", "main", "resources", "web");
  private static final Path CODE = Path.of("src", "main", "java", "porteria", "http");

  /** Keys named as a whole; those put together from parts are looked for in the browser. */
  private static final List<Pattern> USES =
      List.of(
          Pattern.compile("\\bt\\[\"([\\w.-]+[\\w])\"\\]"),
          Pattern.compile("\\b(?:text|counted)\\(\"([\\w.-]+)\""));

  /** Anything in quotes that may be a key or a part of one. */
  private static final Pattern QUOTED = Pattern.compile("[\"`]([a-z.][\\w.-]*)(?:[\"]|\\$\\{)");

  /** A key put together from parts, and what comes after the part that differs. */
  private static final Pattern PUT_TOGETHER =
      Pattern.compile("\"([\\w-]*[\\w.-]*[.-])\"\\s*\\+\\s*[^\"+;]+(?:\\+\\s*\"([.-][\\w.-]*)\")?");

  private static final Pattern COUNTED = Pattern.compile("\\.(?:one|other)$");

  /** The least that there are, lest nothing be looked at. */
  private static final int MANY = 500;

  private final Messages messages = Messages.load();

  @ParameterizedTest
  @ValueSource(strings = {"en", "pt"})
  void every_language_has_the_texts_that_spanish_has(String language) {
    assertThat(messages.in(language)).containsOnlyKeys(messages.in("es").keySet());
    assertThat(messages.in(language).values()).noneMatch(String::isBlank);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "pt"})
  void every_language_leaves_room_for_what_spanish_is_filled_with(String language) {
    Map<String, String> translated = messages.in(language);
    messages
        .in("es")
        .forEach(
            (key, text) ->
                assertThat(gaps(translated.getOrDefault(key, ""))).as(key).isEqualTo(gaps(text)));
  }

  @Test
  void every_text_that_a_page_or_script_names_exists() {
    Set<String> used =
        sources(WEB)
            .flatMap(source -> USES.stream().flatMap(use -> use.matcher(source).results()))
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    Set<String> known = messages.in("es").keySet();
    assertThat(used).contains("login.title", "live.live").hasSizeGreaterThan(20);
    assertThat(used)
        .filteredOn(key -> !known.contains(key) && !known.contains(key + ".other"))
        .isEmpty();
  }

  @Test
  void every_text_is_used() {
    List<String> sources = Stream.concat(sources(WEB), sources(CODE)).toList();
    Set<String> quoted =
        all(sources, QUOTED).map(found -> found.group(1)).collect(Collectors.toSet());
    Predicate<String> patterns =
        all(sources, PUT_TOGETHER)
            .map(MessagesTest::puttingTogether)
            .map(Pattern::asMatchPredicate)
            .reduce(key -> false, Predicate::or);
    assertThat(messages.in("es").keySet()).hasSizeGreaterThan(MANY);
    assertThat(messages.in("es").keySet())
        .filteredOn(key -> !uses(quoted, patterns, key))
        .isEmpty();
  }

  private static boolean uses(Set<String> quoted, Predicate<String> patterns, String key) {
    String said = COUNTED.matcher(key).replaceFirst("");
    return quoted.contains(key)
        || quoted.contains(said)
        || quoted.stream().anyMatch(part -> begins(part, said))
        || patterns.test(said);
  }

  /** Whether a part is the beginning of a key: a group within a group, such as "live.flag". */
  private static boolean begins(String part, String key) {
    String group = part.endsWith(".") ? part : part + ".";
    return group.indexOf('.') < group.length() - 1 && key.startsWith(group);
  }

  private static Pattern puttingTogether(MatchResult found) {
    String end = found.group(2) == null ? "" : Pattern.quote(found.group(2));
    boolean within = found.group(1).startsWith(".");
    return Pattern.compile(
        (within ? "[\\w-]+" : "") + Pattern.quote(found.group(1)) + "[\\w-]+" + end);
  }

  private static Set<String> gaps(String text) {
    return Pattern.compile("\\{\\w+\\}")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static Stream<MatchResult> all(List<String> sources, Pattern pattern) {
    return sources.stream().flatMap(source -> pattern.matcher(source).results());
  }

  /** The templates, scripts and classes below a directory. */
  private static Stream<String> sources(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(?:ftlh|js|java)"))
          .map(MessagesTest::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
