package porteria.embedded.morning;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import porteria.domain.Channel;
import porteria.domain.ScanType;

/**
 * A message that reached a family.
 *
 * @param template of a WhatsApp message; empty for a mail
 * @param params the pupil's full name, the time as HH:mm, the gate's name; none for a mail
 * @param text what the family reads
 */
record Told(
    String id,
    Obligation.Address address,
    String template,
    List<String> params,
    String text,
    Instant receivedAt) {
  private static final Pattern ENTERED = Pattern.compile("(?U)\\b(entró|arrived|entrou)\\b");
  private static final Pattern LEFT = Pattern.compile("(?U)\\b(salió|left|saiu)\\b");
  private static final Pattern CORRECTED = Pattern.compile("por error|by mistake|por engano");
  private static final int LEAST_PARAMS = 2;

  /** What a message is about. */
  enum About {
    ENTRY,
    EXIT,
    /** It takes one of these back. */
    CORRECTION,
    /** Nothing a scan causes, such as a change of timetable. */
    OTHER
  }

  /** Reads an item of the simulator's list. */
  static Told read(JsonObject json) {
    boolean mail = json.getString("channel").equals(Channel.EMAIL.name());
    String to = json.getString("to");
    return new Told(
        json.getString("id"),
        mail ? Obligation.Address.mailbox(to) : Obligation.Address.phone(to),
        json.getString("template", ""),
        json.getJsonArray("params", new JsonArray()).stream().map(String::valueOf).toList(),
        Optional.ofNullable(json.getString("text")).orElse(""),
        Instant.parse(json.getString("received_at")));
  }

  About about() {
    return switch (address.channel()) {
      case WHATSAPP ->
          switch (template) {
            case "ingreso_ok" -> About.ENTRY;
            case "salida_ok" -> About.EXIT;
            case "ingreso_anulado", "salida_anulada" -> About.CORRECTION;
            default -> About.OTHER;
          };
      case EMAIL -> {
        if (CORRECTED.matcher(text).find()) {
          yield About.CORRECTION;
        }
        if (ENTERED.matcher(text).find()) {
          yield About.ENTRY;
        }
        yield LEFT.matcher(text).find() ? About.EXIT : About.OTHER;
      }
    };
  }

  /** Whether this is what was owed. */
  boolean fulfils(Obligation owed) {
    return address.equals(owed.address())
        && about() == (owed.type() == ScanType.IN ? About.ENTRY : About.EXIT)
        && states(owed);
  }

  private boolean states(Obligation owed) {
    return switch (address.channel()) {
      case WHATSAPP ->
          params.size() >= LEAST_PARAMS
              && params.get(0).equals(owed.name())
              && owed.times().contains(params.get(1));
      case EMAIL -> text.contains(owed.name()) && owed.times().stream().anyMatch(text::contains);
    };
  }
}
