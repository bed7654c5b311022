package porteria.notification;

import java.util.List;
import java.util.Optional;
import porteria.domain.MessageTemplate;
import porteria.domain.UnsubscribeTokens;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;

/**
 * The header fields by which a mail program offers to unsubscribe with one click (RFC 2369, RFC
 * 8058). Mails that nobody chose, such as links and answers, carry none.
 */
final class UnsubscribeHeaders {

  private final UnsubscribeTokens tokens;

  UnsubscribeHeaders(UnsubscribeTokens tokens) {
    this.tokens = tokens;
  }

  /** Where whoever reads this mail can stop such mail; empty when they cannot choose it. */
  Optional<String> link(ClaimedMessage message) {
    String template = message.template();
    boolean chosen =
        !template.equals(MessageTemplate.ACCESO_FAMILIAS.code())
            && !template.equals(MessageTemplate.AUSENCIA_RESUELTA.code());
    return chosen ? Optional.of(tokens.url(message.id())) : Optional.empty();
  }

  /** The fields that name this link. */
  static List<MessageHeader> of(Optional<String> link) {
    return link.map(
            url ->
                List.of(
                    field("List-Unsubscribe", "<" + url + ">"),
                    field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")))
        .orElse(List.of());
  }

  private static MessageHeader field(String name, String value) {
    return MessageHeader.builder().name(name).value(value).build();
  }
}
