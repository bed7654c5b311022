package porteria.roster;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Names as they are kept: composed characters (NFC), one blank between words, none around. */
final class Names {

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private Names() {}

  static String tidy(String name) {
    return BLANKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFC)).replaceAll(" ").strip();
  }
}
