package porteria.roster;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of people, courses and grades. */
final class Names {

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Names() {}

  /** As it is kept: composed characters (NFC), one blank between words, none around. */
  static String tidy(String name) {
    return BLANKS.matcher(Normalizer.normalize(name, Form.NFC)).replaceAll(" ").strip();
  }

  /** As it is compared: without accents and case. */
  static String folded(String name) {
    return MARKS
        .matcher(Normalizer.normalize(name, Form.NFKD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
