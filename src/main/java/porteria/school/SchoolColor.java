package porteria.school;

import java.util.regex.Pattern;

/** What a school may paint its mails with: white must be readable on it. */
final class SchoolColor {

  /** What {@link #isOne} takes. */
  static final String ALLOWED =
      "allowed is #rrggbb, so dark that white on it is readable (contrast 4.5, WCAG 2.2 SC 1.4.3)";

  private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final double LEAST_CONTRAST = 4.5;

  private SchoolColor() {}

  static boolean isOne(String color) {
    return HEX.matcher(color).matches() && contrastWithWhite(color) >= LEAST_CONTRAST;
  }

  /** From 1 to 21, after WCAG 2.2. */
  private static double contrastWithWhite(String color) {
    double luminance =
        0.2126 * linear(color, 1) + 0.7152 * linear(color, 3) + 0.0722 * linear(color, 5);
    return 1.05 / (luminance + 0.05);
  }

  private static double linear(String color, int at) {
    double share = Integer.parseInt(color.substring(at, at + 2), 16) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
