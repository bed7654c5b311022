package porteria.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence that WhatsApp has approved, in one language.
 *
 * @param language as we name it, such as {@code pt}
 * @param whatsAppLanguage as WhatsApp names it, such as {@code pt_BR}
 * @param category as WhatsApp bills it, such as {@code UTILITY}
 * @param parameters names of the facts in the order of the places they fill
 * @param body the sentence; {@code {{1}}} is the place of the first parameter
 * @param footer the small line under it
 */
public record WhatsAppTemplate(
    String name,
    String language,
    String whatsAppLanguage,
    String category,
    List<String> parameters,
    String body,
    Optional<String> footer) {

  private static final Pattern PLACE = Pattern.compile("\\{\\{([0-9]{1,2})}}");

  public WhatsAppTemplate {
    parameters = List.copyOf(parameters);
  }

  /** The same saying something else. */
  public WhatsAppTemplate withBody(String other) {
    return new WhatsAppTemplate(
        name, language, whatsAppLanguage, category, parameters, other, footer);
  }

  /** The numbers of the places in the body, as they stand there. */
  public List<Integer> places() {
    return PLACE.matcher(body).results().map(WhatsAppTemplate::number).toList();
  }

  /** What the body says before the first place, between two, and after the last, in that order. */
  List<String> wordsAroundPlaces() {
    return List.of(PLACE.split(body, -1));
  }

  /** The sentence as a family reads it; what a fact says is not looked into for places. */
  public String filled(Map<String, String> facts) {
    return PLACE.matcher(body).replaceAll(place -> Matcher.quoteReplacement(word(place, facts)));
  }

  private String word(MatchResult place, Map<String, String> facts) {
    int number = number(place);
    return number >= 1 && number <= parameters.size()
        ? facts.getOrDefault(parameters.get(number - 1), "")
        : place.group();
  }

  private static int number(MatchResult place) {
    return Integer.parseInt(place.group(1));
  }
}
