package porteria.embedded.simulator;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template with its placeholders counted once.
 *
 * @param parameters how many parameters the body needs
 */
record KnownTemplate(String name, String language, String body, int parameters) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\d{1,2})}}");

  static KnownTemplate of(SimulatedTemplate template) {
    int highest =
        PLACEHOLDER
            .matcher(template.body())
            .results()
            .mapToInt(KnownTemplate::position)
            .max()
            .orElse(0);
    return new KnownTemplate(template.name(), template.language(), template.body(), highest);
  }

  /** A template that a journal names and the catalogue has lost: its words are shown bare. */
  static KnownTemplate forgotten(String name, String language) {
    return new KnownTemplate(name, language, "", 0);
  }

  /** The sentence a family reads. */
  String render(List<String> given) {
    if (body.isEmpty()) {
      return "[" + name + "] " + String.join(" · ", given);
    }
    return PLACEHOLDER
        .matcher(body)
        .replaceAll(found -> Matcher.quoteReplacement(word(found, given)));
  }

  private static String word(MatchResult found, List<String> given) {
    int position = position(found);
    return position >= 1 && position <= given.size() ? given.get(position - 1) : found.group();
  }

  private static int position(MatchResult found) {
    return Integer.parseInt(found.group(1));
  }
}
