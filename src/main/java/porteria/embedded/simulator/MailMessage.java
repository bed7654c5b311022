package porteria.embedded.simulator;

import java.util.List;

/**
 * A mail accepted for a mailbox.
 *
 * @param html the HTML body; empty when the mail has none
 * @param plain the plain body; empty when the mail has none
 */
record MailMessage(
    String id,
    String to,
    String notification,
    long receivedAt,
    String subject,
    String html,
    String plain,
    List<MailHeader> headers)
    implements Message {
  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public String text() {
    return plain.isEmpty() ? Html.toText(html) : plain;
  }

  @Override
  public long weight() {
    long weight = 400L + subject.length() + html.length() + plain.length();
    for (MailHeader header : headers) {
      weight += 100 + header.name().length() + header.value().length();
    }
    return weight;
  }

  @Override
  public boolean reaches(String recipientKey) {
    return to.equals(recipientKey) || List.of(to.split(",")).contains(recipientKey);
  }
}
