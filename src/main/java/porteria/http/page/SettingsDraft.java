package porteria.http.page;

import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import porteria.school.OwnTerms;
import porteria.school.School;
import porteria.school.SchoolSettings;

/** A school's settings as somebody wrote them. */
record SettingsDraft(Map<String, String> fields) {

  /** In the order of the page. */
  private static final List<String> FIELDS =
      List.of(
          "name",
          "phone",
          "country",
          "timezone",
          "language",
          "color",
          "grace_minutes",
          "repeat_seconds",
          "photos_allowed",
          "retention_days");

  /** Of the contract. */
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{4,23}[0-9]");

  private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
  private static final int LONGEST_NAME = 200;

  SettingsDraft {
    fields = Map.copyOf(fields);
  }

  /** What a form says; what is blank is as usual. */
  static SettingsDraft of(RoutingContext context) {
    Map<String, String> fields = new LinkedHashMap<>();
    FIELDS.forEach(name -> fields.put(name, Asked.line(context, name).orElse("")));
    return new SettingsDraft(fields);
  }

  /** What is kept. */
  static SettingsDraft of(School school) {
    SchoolSettings kept = school.settings();
    OwnTerms terms = kept.terms();
    return new SettingsDraft(
        Map.of(
            "name", kept.name(),
            "phone", kept.phone().orElse(""),
            "country", kept.country(),
            "timezone", kept.timezone(),
            "language", kept.language(),
            "color", kept.color(),
            "grace_minutes", words(terms.graceMinutes()),
            "repeat_seconds", words(terms.repeatSeconds()),
            "photos_allowed", school.photosAllowed() ? "yes" : "",
            "retention_days", words(terms.retentionDays())));
  }

  private static String words(Optional<Integer> number) {
    return number.map(Object::toString).orElse("");
  }

  /** The fields that cannot be read; what else cannot be, the school's records say. */
  List<String> mistakes() {
    return FIELDS.stream().filter(name -> !isReadable(name)).toList();
  }

  private boolean isReadable(String name) {
    String written = field(name);
    return switch (name) {
      case "name" -> !written.isEmpty() && written.length() <= LONGEST_NAME;
      case "phone" -> written.isEmpty() || PHONE.matcher(written).matches();
      case "language" -> Messages.LANGUAGES.contains(written);
      case "color" -> COLOR.matcher(written).matches();
      case "grace_minutes", "repeat_seconds", "retention_days" ->
          written.isEmpty() || NUMBER.matcher(written).matches();
      default -> true;
    };
  }

  /** What it asks for; without mistakes only. */
  SchoolSettings wanted() {
    return new SchoolSettings(
        field("name"),
        field("country"),
        Optional.of(field("phone")).filter(phone -> !phone.isEmpty()),
        field("timezone"),
        field("language"),
        field("color"),
        new OwnTerms(number("grace_minutes"), number("repeat_seconds"), number("retention_days")));
  }

  boolean photosAllowed() {
    return !field("photos_allowed").isEmpty();
  }

  private Optional<Integer> number(String name) {
    return Optional.of(field(name)).filter(text -> !text.isEmpty()).map(Integer::valueOf);
  }

  private String field(String name) {
    return Objects.requireNonNull(fields.get(name), name);
  }
}
