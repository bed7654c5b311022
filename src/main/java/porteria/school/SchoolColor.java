package porteria.school;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a school may paint its mails with: white must be readable on it.
 *
 * @param hex {@code #rrggbb}, in small letters
 */
public record SchoolColor(String hex) {

  /** What {@link #isReadable} takes. */
  static final String ALLOWED =
      "allowed is #rrggbb, so dark that white on it is readable (contrast 4.5, WCAG 2.2 SC 1.4.3)";

  private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final double LEAST_CONTRAST = 4.5;
  private static final int FULL = 255;

  /** The color that is written, if it is one. */
  public static Optional<SchoolColor> read(String written) {
    return HEX.matcher(written).matches()
        ? Optional.of(new SchoolColor(written.toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** Whether white on it can be read. */
  public boolean isReadable() {
    return contrastWithWhite() >= LEAST_CONTRAST;
  }

  /** From 1 to 21, after WCAG 2.2. */
  public double contrastWithWhite() {
    double luminance = 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
    return 1.05 / (luminance + 0.05);
  }

  /** The same color if it is readable, else the lightest of its shades that is. */
  public SchoolColor readable() {
    SchoolColor shade = this;
    for (int percent = 99; !shade.isReadable(); percent--) {
      shade = darker(percent);
    }
    return shade;
  }

  private SchoolColor darker(int percent) {
    return new SchoolColor(
        "#%02x%02x%02x"
            .formatted(part(1) * percent / 100, part(3) * percent / 100, part(5) * percent / 100));
  }

  private double linear(int at) {
    double share = part(at) / (double) FULL;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private int part(int at) {
    return Integer.parseInt(hex.substring(at, at + 2), 16);
  }
}
