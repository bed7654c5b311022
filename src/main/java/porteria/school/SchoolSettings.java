package porteria.school;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * What an admin may change of a school.
 *
 * @param country ISO 3166-1 alpha-2; phones without a country are of this one
 * @param phone what the finder of a card may call
 * @param timezone a name of the IANA time zone database: the school's days begin and end there
 * @param language of its pages and of new guardians: {@code es}, {@code en} or {@code pt}
 * @param color of its mails, {@code #rrggbb}
 * @param terms where it has its own
 */
public record SchoolSettings(
    String name,
    String country,
    Optional<String> phone,
    String timezone,
    String language,
    String color,
    OwnTerms terms) {

  /** Until a school says otherwise. */
  public static final String DEFAULT_COLOR = "#4b3f8f";

  public SchoolSettings {
    name = name.strip().replaceAll("\\s+", " ");
    color = color.toLowerCase(Locale.ROOT);
  }

  JsonObject json() {
    return terms.into(
        new JsonObject()
            .put("name", name)
            .put("country", country)
            .put("phone", phone.orElse(null))
            .put("timezone", timezone)
            .put("language", language)
            .put("color", color));
  }
}
