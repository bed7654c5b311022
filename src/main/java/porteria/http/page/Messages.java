package porteria.http.page;

import io.vertx.ext.web.LanguageHeader;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The texts of the pages in each language, read once at boot. */
final class Messages {

  static final List<String> LANGUAGES = List.of("es", "en", "pt");
  private static final String DEFAULT = "es";

  private final Map<String, Map<String, String>> texts;

  private Messages(Map<String, Map<String, String>> texts) {
    this.texts = texts;
  }

  static Messages load() {
    return new Messages(
        LANGUAGES.stream().collect(Collectors.toMap(Function.identity(), Messages::read)));
  }

  /** The texts in a language; in Spanish where it has none. */
  Map<String, String> in(String language) {
    return Objects.requireNonNull(texts.getOrDefault(language, texts.get(DEFAULT)));
  }

  /** The texts in the first language the browser asks for that we have. */
  Map<String, String> preferred(RoutingContext context) {
    return in(
        context.acceptableLanguages().stream()
            .map(LanguageHeader::tag)
            .filter(texts::containsKey)
            .findFirst()
            .orElse(DEFAULT));
  }

  private static Map<String, String> read(String language) {
    String resource = "/web/messages_" + language + ".properties";
    try (InputStream stream =
        Objects.requireNonNull(Messages.class.getResourceAsStream(resource))) {
      Properties properties = new Properties();
      properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), properties::getProperty));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
