package porteria.embedded.simulator;

/** One accepted message, as small as it can be kept; sentences are rendered when asked for. */
sealed interface Message permits WhatsAppMessage, MailMessage {
  /** The provider's id: a wamid or an SES message id. */
  String id();

  /** The recipient's {@linkplain Recipient#key key}; several mailboxes are joined by a comma. */
  String to();

  /** The notification it was sent for; empty when the sender named none. */
  String notification();

  /** Milliseconds since the epoch. */
  long receivedAt();

  Channel channel();

  /** What the family reads, in plain text. */
  String text();

  /** About how many bytes it holds in memory. */
  long weight();

  /** Whether this mailbox or phone is among the recipients. */
  boolean reaches(String recipientKey);
}
