package porteria.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import porteria.domain.Channel;
import porteria.domain.MessageTemplate;

/**
 * A message that this sender may send now, and no other until its lease expires. Its text form
 * names nobody.
 *
 * @param attempt counts from 1; the result is recorded only while no later attempt began
 * @param address E.164 with its plus sign, or a mailbox
 * @param template code of a {@link MessageTemplate}
 * @param language {@code es}, {@code en} or {@code pt}
 * @param owedSince when the message was queued first
 * @param lane smaller ones overtake larger
 * @param giveUpAt until when it is worth trying
 * @param wanted whether anybody at the address still wants it
 */
record ClaimedMessage(
    UUID schoolId,
    UUID id,
    int attempt,
    Channel channel,
    String address,
    String template,
    String language,
    Facts facts,
    Instant owedSince,
    Instant giveUpAt,
    int lane,
    boolean wanted) {

  /** Of broadcasts: behind alerts and behind answers to a family. */
  private static final int LANE_OF_BROADCASTS = 2;

  /** Of a guardian's link, see {@code magic_link.expires_at}. */
  private static final Duration LINK_LIFE = Duration.ofMinutes(10);

  /**
   * What the message tells, by the names that {@link MessageTemplate#facts} gives, and what else is
   * known of it; each in one line: no provider takes line breaks here, nor does a mail's subject.
   * Only {@code text}, which goes by mail alone, keeps its lines.
   */
  record Facts(Map<String, String> values) {

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    private static final String IN_LINES = "text";

    Facts {
      values =
          values.entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Map.Entry::getKey,
                      fact ->
                          fact.getKey().equals(IN_LINES)
                              ? inLines(fact.getValue())
                              : inOneLine(fact.getValue())));
    }

    /** What is told under a name; empty when nothing is. */
    String get(String name) {
      return values.getOrDefault(name, "");
    }

    private static String inLines(String text) {
      return text.lines()
          .map(Facts::inOneLine)
          .filter(line -> !line.isEmpty())
          .collect(Collectors.joining("\n"));
    }

    private static String inOneLine(String text) {
      return SPACES.matcher(text).replaceAll(" ").strip();
    }
  }

  /** Whether it is one of very many, which leave others their part of what is allowed. */
  boolean isBroadcast() {
    return lane >= LANE_OF_BROADCASTS;
  }

  /** Whether it carries a link that is good no more. */
  boolean isPast(Instant now) {
    return template.equals(MessageTemplate.ACCESO_FAMILIAS.code())
        && !now.isBefore(owedSince.plus(LINK_LIFE));
  }

  /** The template in its language, as pauses name it: {@code ingreso_ok/es}. */
  String wording() {
    return template + "/" + language;
  }

  @Override
  public String toString() {
    return id + "#" + attempt;
  }
}
