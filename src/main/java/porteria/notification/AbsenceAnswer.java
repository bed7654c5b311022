package porteria.notification;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** What the school answered to a request for absence, in the words of a language. */
final class AbsenceAnswer {

  private AbsenceAnswer() {}

  /** An answer fills the same three places as news: whose it is, of which days, and what it is. */
  static ClaimedMessage.Facts facts(JsonObject payload, String language) {
    return new ClaimedMessage.Facts(
        payload.getString("student", ""),
        days(payload, language),
        answer(payload, language),
        payload.getString("school", ""));
  }

  private static String days(JsonObject payload, String language) {
    String from = payload.getString("from", "");
    String to = payload.getString("to", "");
    // Blanked: the sender is about to find that it is recalled.
    if (from.isEmpty() || to.isEmpty()) {
      return "";
    }
    DateTimeFormatter day =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale(language));
    String first = day.format(LocalDate.parse(from));
    return from.equals(to) ? first : first + " – " + day.format(LocalDate.parse(to));
  }

  private static String answer(JsonObject payload, String language) {
    boolean approved = payload.getBoolean("approved", false);
    String word =
        switch (language) {
          case "en" -> approved ? "approved" : "rejected";
          case "pt" -> approved ? "aprovado" : "recusado";
          default -> approved ? "aprobada" : "rechazada";
        };
    String reason = payload.getString("reason", "");
    return reason.isEmpty() ? word : word + " (" + reason + ")";
  }

  private static Locale locale(String language) {
    return switch (language) {
      case "en" -> Locale.UK;
      case "pt" -> Locale.of("pt", "BR");
      default -> Locale.of("es", "CL");
    };
  }
}
