package porteria.school;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A school that is to be founded.
 *
 * @param slug its short name, in the addresses of its pages; it stays
 * @param timezone a name of the IANA time zone database
 */
public record NewSchool(String slug, String name, String timezone) {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{2,40}");
  private static final int LONGEST_NAME = 200;

  public NewSchool {
    name = name.strip();
  }

  /** What is wrong with it, in a sentence each; nothing when it can be. */
  public List<String> mistakes() {
    List<String> mistakes = new ArrayList<>();
    if (!SLUG.matcher(slug).matches()) {
      mistakes.add("SCHOOL is \"%s\": allowed are 2 to 40 of a-z, 0-9 and -".formatted(slug));
    }
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      mistakes.add("NAME is not one: allowed are %d characters".formatted(LONGEST_NAME));
    }
    if (!TimeZones.isOne(timezone)) {
      mistakes.add("TIMEZONE is \"%s\": %s".formatted(timezone, TimeZones.ALLOWED));
    }
    return List.copyOf(mistakes);
  }
}
