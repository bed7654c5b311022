package porteria.notification;

import java.util.Optional;

/**
 * How a school shows itself in its mails.
 *
 * @param color {@code #rrggbb}, dark enough for white on it
 * @param phone as the school writes it
 */
record SchoolLook(String name, String color, Optional<String> phone) {

  private static final String DEFAULT_COLOR = "#4b3f8f";

  /** Of a school of which no more is known. */
  static SchoolLook plain(String name) {
    return new SchoolLook(name, DEFAULT_COLOR, Optional.empty());
  }

  /** What a telephone dials. */
  static String dial(String phone) {
    return phone.replaceAll("[^+0-9]", "");
  }
}
