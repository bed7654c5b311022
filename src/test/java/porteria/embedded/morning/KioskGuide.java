package porteria.embedded.morning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The guide for builders of kiosks, taken apart. */
final class KioskGuide {
  private static final Path FOLDER = Path.of("kiosk-guide");
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "<!-- (?<method>[A-Z]+) (?<path>/\\S+)(?: (?<status>\\d{3}))?(?<planned> planned)? -->\n"
              + "```json\n(?<json>.*?)```",
          Pattern.DOTALL);
  private static final Pattern KOTLIN_FILE = Pattern.compile("kotlin/\\w+\\.kt|\\b\\w+\\.kt\\b");

  private final String text = read(FOLDER.resolve("README.md"));

  /**
   * A JSON example.
   *
   * @param status of the answer; empty for a request
   * @param planned the contract may not have the call yet
   */
  record Example(
      String method, String path, Optional<String> status, boolean planned, String json) {
    @Override
    public String toString() {
      return method + " " + path + status.map(code -> " " + code).orElse("");
    }
  }

  /** The rows of the table between these two marks, without its head. */
  List<List<String>> table(String mark) {
    int from = text.indexOf("<!-- " + mark + " -->");
    int to = text.indexOf("<!-- /" + mark + " -->");
    return rows(text.substring(from, to));
  }

  /** The rows of the table of steps: step, Kotlin files, twin's classes. */
  List<List<String>> steps() {
    int from = text.indexOf("## The steps");
    return rows(text.substring(from, text.indexOf("\n## ", from + 1)));
  }

  List<Example> examples() {
    return EXAMPLE
        .matcher(text)
        .results()
        .map(
            found ->
                new Example(
                    found.group("method"),
                    found.group("path"),
                    Optional.ofNullable(found.group("status")),
                    found.group("planned") != null,
                    found.group("json")))
        .toList();
  }

  /** How many blocks of JSON there are, with or without a mark above them. */
  long jsonBlocks() {
    return text.lines().filter("```json"::equals).count();
  }

  /** The names of all Kotlin files that the guide names anywhere. */
  Set<String> kotlinFiles() {
    return KOTLIN_FILE
        .matcher(text)
        .results()
        .map(found -> found.group().replace("kotlin/", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of the Kotlin files that exist. */
  static Set<String> filesThere() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("kotlin"))) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String kotlin(String file) {
    return read(FOLDER.resolve("kotlin").resolve(file));
  }

  /** What stands between backticks in a cell. */
  static List<String> quoted(String cell) {
    return Pattern.compile("`([^`]+)`")
        .matcher(cell)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** The number that this constant has in a Kotlin file. */
  static String constant(String kotlin, String name) {
    Matcher found = Pattern.compile(name + " = ([\\d_]+)").matcher(kotlin);
    return found.find() ? found.group(1).replace("_", "") : name + " is missing";
  }

  private static List<List<String>> rows(String part) {
    return part.lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> Stream.of(line.substring(1).split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(0, cells.size() - 1))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
