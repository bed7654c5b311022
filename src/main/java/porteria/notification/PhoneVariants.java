package porteria.notification;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WhatsApp knows some mobile phones by the number they had before their country added a digit. What
 * a school wrote down may be either form.
 */
final class PhoneVariants {

  /** Country, area, and eight digits that may stand behind an added 9. */
  private static final Pattern BRAZIL = Pattern.compile("55([1-9][0-9])9?([0-9]{8})");

  private static final Pattern MEXICO = Pattern.compile("521?([0-9]{10})");
  private static final Pattern ARGENTINA = Pattern.compile("549?([0-9]{10})");

  private PhoneVariants() {}

  /**
   * The forms in which a contact may have this phone, in E.164.
   *
   * @param digits with the country's code, without a plus
   */
  static Set<String> of(String digits) {
    Matcher brazil = BRAZIL.matcher(digits);
    if (brazil.matches()) {
      String area = brazil.group(1);
      String local = brazil.group(2);
      return Set.of("+55" + area + local, "+55" + area + "9" + local);
    }
    Matcher mexico = MEXICO.matcher(digits);
    if (mexico.matches()) {
      return Set.of("+52" + mexico.group(1), "+521" + mexico.group(1));
    }
    Matcher argentina = ARGENTINA.matcher(digits);
    return argentina.matches()
        ? Set.of("+54" + argentina.group(1), "+549" + argentina.group(1))
        : Set.of("+" + digits);
  }
}
