package porteria.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values out of the configuration tree and collects every mistake on the way, so that
 * they can be told all at once. A value that cannot be used is replaced by a harmless one; {@link
 * #finish} then refuses the whole.
 */
final class ConfigReader {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private final JsonObject tree;
  private final Set<String> read = new HashSet<>();
  private final List<String> mistakes = new ArrayList<>();

  ConfigReader(JsonObject tree) {
    this.tree = tree;
  }

  String text(String key, String variable) {
    return optionalText(key)
        .orElseGet(() -> mistake("%s is missing: set %s".formatted(key, variable), ""));
  }

  Optional<String> optionalText(String key) {
    return Optional.ofNullable(value(key)).map(Object::toString).filter(text -> !text.isBlank());
  }

  /** Values separated by commas; none at all when the key is absent or blank. */
  List<String> list(String key, Pattern one, String allowed) {
    List<String> values =
        optionalText(key).stream()
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .map(String::strip)
            .toList();
    for (String each : values) {
      if (!one.matcher(each).matches()) {
        mistakes.add(
            "%s has \"%s\": allowed are values such as %s, separated by commas"
                .formatted(key, each, allowed));
      }
    }
    return values;
  }

  /** Values separated by commas, each as a parser of its own understands it. */
  <T> List<T> parsedList(String key, Function<String, Optional<T>> parser, String allowed) {
    List<T> values = new ArrayList<>();
    for (String each : optionalText(key).orElse("").split(",", -1)) {
      Optional<T> value = parser.apply(each.strip());
      value.ifPresent(values::add);
      if (value.isEmpty() && optionalText(key).isPresent()) {
        mistakes.add(
            "%s has \"%s\": allowed are values such as %s, separated by commas"
                .formatted(key, each.strip(), allowed));
      }
    }
    return values;
  }

  /** One of the words of a closed list, in capitals. */
  <E extends Enum<E>> E choice(String key, Class<E> words) {
    String text = optionalText(key).orElse("");
    return EnumSet.allOf(words).stream()
        .filter(word -> word.name().equals(text))
        .findFirst()
        .orElseGet(
            () ->
                mistake(
                    "%s is \"%s\": allowed is one of %s".formatted(key, text, EnumSet.allOf(words)),
                    EnumSet.allOf(words).iterator().next()));
  }

  int integer(String key, int min, int max) {
    String text = optionalText(key).orElse("");
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // told below, with the allowed range
    }
    return mistake(
        "%s is \"%s\": allowed is a whole number from %d to %d".formatted(key, text, min, max),
        min);
  }

  boolean flag(String key) {
    String text = optionalText(key).orElse("");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> mistake("%s is \"%s\": allowed are true and false".formatted(key, text), false);
    };
  }

  Duration duration(String key, Duration min, Duration max) {
    String text = optionalText(key).orElse("");
    Matcher parts = DURATION.matcher(text);
    if (parts.matches()) {
      Duration duration = unit(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)));
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
    }
    return mistake(
        "%s is \"%s\": allowed is a duration such as 500ms, 30s, 5m, 2h, 1d, from %s to %s"
            .formatted(key, text, min, max),
        min);
  }

  URI uri(String key, String variable, Set<String> schemes) {
    URI none = URI.create("none:/");
    String text = text(key, variable);
    if (text.isEmpty()) {
      return none;
    }
    try {
      URI uri = new URI(text);
      if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException notAUri) {
      // told below; the value may hold a password and is not repeated
    }
    return mistake(
        "%s (%s) is not a URL: allowed are %s://host…"
            .formatted(key, variable, String.join(" or ", new TreeSet<>(schemes))),
        none);
  }

  /** A secret given directly or as the path of a file ({@code key-file}). */
  Secret secret(String key, String variable, int minLength) {
    Optional<String> file = optionalText(key + "-file");
    Optional<String> direct = optionalText(key);
    if (file.isPresent() && direct.isPresent()) {
      return mistake(
          "%s is given twice: set %s or %s_FILE, not both".formatted(key, variable, variable),
          new Secret(""));
    }
    Optional<String> value = file.isPresent() ? file.map(path -> content(key, path)) : direct;
    if (value.isEmpty()) {
      return mistake(
          "%s is missing: set %s, or %s_FILE to a file that holds it"
              .formatted(key, variable, variable),
          new Secret(""));
    }
    if (value.get().length() < minLength) {
      return mistake(
          "%s is too short: at least %d characters".formatted(key, minLength), new Secret(""));
    }
    return new Secret(value.get());
  }

  /** As {@link #secret}; empty when it is given neither way. */
  Optional<Secret> optionalSecret(String key, String variable, int minLength) {
    return optionalText(key).isEmpty() && optionalText(key + "-file").isEmpty()
        ? Optional.empty()
        : Optional.of(secret(key, variable, minLength));
  }

  /** Secrets separated by commas, none when nothing is given; each as {@link #secret}. */
  List<Secret> secrets(String key, String variable, int minLength) {
    if (optionalText(key).isEmpty() && optionalText(key + "-file").isEmpty()) {
      return List.of();
    }
    List<String> values =
        Pattern.compile(",")
            .splitAsStream(secret(key, variable, 0).value())
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .toList();
    if (values.stream().anyMatch(value -> value.length() < minLength)) {
      contradiction("%s: each must have at least %d characters".formatted(key, minLength));
    }
    return values.stream().map(Secret::new).toList();
  }

  /** Any value that a parser of its own understands; it answers empty for what is not allowed. */
  <T> T parsed(
      String key, String variable, Function<String, Optional<T>> parser, String allowed, T none) {
    String text = text(key, variable);
    if (text.isEmpty()) {
      return none;
    }
    return parser
        .apply(text)
        .orElseGet(() -> mistake("%s is not valid: allowed is %s".formatted(key, allowed), none));
  }

  /** Notes that values which are each allowed do not go together. */
  void contradiction(String text) {
    mistakes.add(text);
  }

  /** Refuses the whole when anything was wrong or unknown. */
  void finish() {
    collectUnknown("", tree);
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
  }

  private void collectUnknown(String prefix, JsonObject node) {
    for (String name : node.fieldNames()) {
      String key = prefix + name;
      if (node.getValue(name) instanceof JsonObject child) {
        collectUnknown(key + ".", child);
      } else if (!read.contains(key)) {
        mistakes.add("%s is not a known key".formatted(key));
      }
    }
  }

  private @Nullable Object value(String key) {
    read.add(key);
    JsonObject node = tree;
    String[] path = key.split("\\.", -1);
    for (int i = 0; i < path.length - 1; i++) {
      if (!(node.getValue(path[i]) instanceof JsonObject child)) {
        return null;
      }
      node = child;
    }
    return node.getValue(path[path.length - 1]);
  }

  private String content(String key, String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException e) {
      return mistake("%s-file cannot be read: %s".formatted(key, path), "");
    }
  }

  private <T> T mistake(String text, T instead) {
    mistakes.add(text);
    return instead;
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }
}
