package porteria.notification;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import porteria.domain.MagicLinkTokens;
import porteria.domain.MessageTemplate;

/** Reads what a message tells out of its row; what is words is put in the message's language. */
final class MessageFacts {

  /** The names under which a row says what is told as it is. */
  private static final List<String> AS_THEY_ARE =
      List.of(
          "student", "time", "gate", "entry", "school", "guardian", "reason", "subject", "text");

  /** Before these sounds Spanish says "e" for "y". */
  private static final Pattern BEGINS_WITH_I = Pattern.compile("(?iu)^(?:[ií]|hi(?!e))");

  private final MagicLinkTokens links;
  private final MessageWords words;

  /**
   * @param links makes what a guardian's link carries, which is not in the rows
   */
  MessageFacts(MagicLinkTokens links, MessageWords words) {
    this.links = links;
    this.words = words;
  }

  ClaimedMessage.Facts of(String template, String language, JsonObject payload, UUID causeId) {
    Map<String, String> facts = new HashMap<>();
    for (String name : AS_THEY_ARE) {
      Optional.ofNullable(payload.getString(name)).ifPresent(fact -> facts.put(name, fact));
    }
    date(payload, "day").ifPresent(day -> facts.put("day", words.day(language, day)));
    if (template.equals(MessageTemplate.AUSENCIA_RESUELTA.code())) {
      facts.put("days", days(payload, language));
      facts.put("answer", answer(payload, language));
    }
    Optional.ofNullable(payload.getJsonArray("children"))
        .ifPresent(names -> facts.put("student", names(language, names)));
    if (template.equals(MessageTemplate.CAMBIO_HORARIO.code())) {
      facts.put("change", change(payload, language));
    }
    if (template.equals(MessageTemplate.ACCESO_FAMILIAS.code())) {
      facts.put("link", links.url(payload.getString("slug", ""), causeId));
    }
    return new ClaimedMessage.Facts(facts);
  }

  /** Such as "Ana Rojas, Luis Rojas y Eva Díaz". */
  private String names(String language, JsonArray children) {
    List<String> names = children.stream().map(String::valueOf).toList();
    if (names.size() < 2) {
      return String.join("", names);
    }
    String last = names.getLast();
    String and =
        words.text(
            language, BEGINS_WITH_I.matcher(last).find() ? "names.and_before_i" : "names.and");
    return String.join(", ", names.subList(0, names.size() - 1)) + " " + and + " " + last;
  }

  private String change(JsonObject payload, String language) {
    if (payload.getBoolean("taken_back", false)) {
      return words.text(language, "change.taken_back");
    }
    if (payload.getBoolean("closed", false)) {
      return words.text(language, "change.closed");
    }
    return Stream.of("in", "out")
        .filter(payload::containsKey)
        .map(
            time ->
                MessageWords.filled(
                    words.text(language, "change." + time),
                    Map.of(time, payload.getString(time, ""))))
        .collect(Collectors.joining(", "));
  }

  private String days(JsonObject payload, String language) {
    Optional<LocalDate> from = date(payload, "from");
    Optional<LocalDate> to = date(payload, "to");
    // Blanked: the sender is about to find that it is recalled.
    if (from.isEmpty() || to.isEmpty()) {
      return "";
    }
    String first = words.date(language, from.get());
    return from.equals(to) ? first : first + " – " + words.date(language, to.get());
  }

  private String answer(JsonObject payload, String language) {
    boolean approved = payload.getBoolean("approved", false);
    String word = words.text(language, approved ? "absence.approved" : "absence.rejected");
    String reason = payload.getString("reason", "");
    return reason.isEmpty() ? word : word + " (" + reason + ")";
  }

  private static Optional<LocalDate> date(JsonObject payload, String name) {
    return Optional.ofNullable(payload.getString(name))
        .filter(text -> !text.isEmpty())
        .map(LocalDate::parse);
  }
}
