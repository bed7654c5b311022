package porteria.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/** What people write into a place of a WhatsApp template. */
public final class TemplateWord {

  /** So that a body with all of its words stays below WhatsApp's 1,024 characters. */
  public static final int LONGEST = 200;

  private static final Pattern REFUSED = Pattern.compile("[\\p{Cc}\\u2028\\u2029]| {4}");

  private TemplateWord() {}

  /** Why WhatsApp would refuse it; empty when it would not. */
  public static Optional<String> mistake(String text) {
    if (text.isBlank()) {
      return Optional.of("is empty; WhatsApp takes no empty word");
    }
    if (REFUSED.matcher(text).find()) {
      return Optional.of(
          "has a line break, a tab or four spaces in a row, which WhatsApp does not take");
    }
    return text.length() > LONGEST
        ? Optional.of(
            "has %d characters; allowed are %d, all in one line".formatted(text.length(), LONGEST))
        : Optional.empty();
  }
}
