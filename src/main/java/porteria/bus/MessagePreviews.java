package porteria.bus;

import java.util.List;
import java.util.Optional;

/** Each message with sample facts, in one language. */
public record MessagePreviews(List<Preview> items) {

  /**
   * One.
   *
   * @param template code of the wording
   * @param footer the small line under it on WhatsApp
   */
  public record Preview(
      String template,
      String language,
      String whatsApp,
      Optional<String> footer,
      String subject,
      String text,
      String html) {}
}
