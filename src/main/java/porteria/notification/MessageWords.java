package porteria.notification;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import porteria.domain.TemplateCatalogue;

/**
 * Our own words to families: {@code messages/words_<language>.properties}, read once. A name in
 * braces stands for a fact.
 */
final class MessageWords {

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  /** Made once, since every message tells its day. */
  private static final Map<String, DateTimeFormatter> WEEKDAY_AND_DATE =
      Map.of(
          "es", formatter("EEEE d 'de' MMMM", "es"),
          "en", formatter("EEEE d MMMM", "en"),
          "pt", formatter("EEEE, d 'de' MMMM", "pt"));

  private static final DateTimeFormatter DATE = formatter("d MMMM", "es");

  private final Map<String, Map<String, String>> texts =
      TemplateCatalogue.LANGUAGES.stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), MessageWords::read));

  /**
   * The text of a key.
   *
   * @throws IllegalArgumentException when there is none in this language
   */
  String text(String language, String key) {
    return find(language, key)
        .orElseThrow(
            () -> new IllegalArgumentException("no words for %s in %s".formatted(key, language)));
  }

  /** The text of a key that not every message has. */
  Optional<String> find(String language, String key) {
    return Optional.ofNullable(texts.get(language)).map(known -> known.get(key));
  }

  /** Puts facts into the places of a text; what a fact says is not looked into for places. */
  static String filled(String text, Map<String, String> facts) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> Matcher.quoteReplacement(facts.getOrDefault(place.group(1), place.group())));
  }

  /** Such as "miércoles 10 de junio". */
  String day(String language, LocalDate date) {
    return WEEKDAY_AND_DATE.getOrDefault(language, DATE).format(date);
  }

  /** Such as "10 de junio de 2026". */
  String date(String language, LocalDate date) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(locale(language))
        .format(date);
  }

  private static DateTimeFormatter formatter(String pattern, String language) {
    return DateTimeFormatter.ofPattern(pattern, locale(language));
  }

  private static Locale locale(String language) {
    return switch (language) {
      case "en" -> Locale.UK;
      case "pt" -> Locale.of("pt", "BR");
      default -> Locale.of("es", "CL");
    };
  }

  private static Map<String, String> read(String language) {
    String resource = "/messages/words_" + language + ".properties";
    try (InputStream stream =
        Objects.requireNonNull(MessageWords.class.getResourceAsStream(resource), resource)) {
      Properties properties = new Properties();
      properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), properties::getProperty));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
