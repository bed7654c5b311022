package porteria.embedded.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What came of reading a SendEmail call: a mail to accept, or the first thing wrong with it. */
sealed interface MailCall {
  /** A call SES would accept. */
  record Valid(
      String to,
      String notification,
      String subject,
      String html,
      String plain,
      List<MailHeader> headers)
      implements MailCall {}

  /** A call SES would refuse. */
  record Refused(SesError error) implements MailCall {}

  /**
   * Reads the JSON of SendEmail: {@code Content.Simple} alone is understood.
   *
   * @param sender the one verified address
   */
  static MailCall read(Node call, String sender) {
    return new Reader(call, sender).read();
  }

  /** The recipients' {@linkplain Recipient#key keys}, joined by commas. */
  static String recipients(Node call) {
    return call.get("Destination").get("ToAddresses").items().stream()
        .map(address -> Recipient.key(address.words()))
        .collect(Collectors.joining(","));
  }

  /** Reads one call, door by door. */
  final class Reader {
    private static final Pattern ADDRESS =
        Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.@-]{1,256}");
    private static final Pattern HEADER_NAME = Pattern.compile("[!-9;-~]{1,126}");
    private static final int MOST_RECIPIENTS = 50;
    private static final int MOST_HEADERS = 15;

    private final Node call;
    private final Node simple;
    private final String sender;

    private Reader(Node call, String sender) {
      this.call = call;
      this.simple = call.get("Content").get("Simple");
      this.sender = sender;
    }

    private MailCall read() {
      Optional<SesError> wrong =
          recipientError()
              .or(this::contentError)
              .or(this::headerError)
              .or(this::tagError)
              .or(this::senderError);
      return wrong.<MailCall>map(Refused::new).orElseGet(this::valid);
    }

    private Valid valid() {
      Node body = simple.get("Body");
      return new Valid(
          recipients(call),
          notification(),
          simple.get("Subject").get("Data").words(),
          body.get("Html").get("Data").words(),
          body.get("Text").get("Data").words(),
          headers());
    }

    private Optional<SesError> recipientError() {
      List<Node> to = call.get("Destination").get("ToAddresses").items();
      if (to.isEmpty()) {
        return wrong("Destination must have a recipient");
      }
      if (to.size() > MOST_RECIPIENTS) {
        return wrong("Recipient count exceeds 50");
      }
      boolean allValid = to.stream().map(Node::words).allMatch(Reader::isAddress);
      return allValid ? Optional.empty() : wrong("Invalid email address in ToAddresses");
    }

    private Optional<SesError> contentError() {
      if (!simple.isObject()) {
        return wrong("Content must be Simple; Raw and Template are not simulated");
      }
      String subject = simple.get("Subject").get("Data").words();
      if (subject.isEmpty()) {
        return wrong("Subject is required");
      }
      if (breaksLine(subject)) {
        return wrong("Subject must not contain line breaks");
      }
      Node body = simple.get("Body");
      boolean empty =
          body.get("Html").get("Data").words().isEmpty()
              && body.get("Text").get("Data").words().isEmpty();
      return empty ? wrong("Body must have Html or Text") : Optional.empty();
    }

    private Optional<SesError> headerError() {
      List<MailHeader> headers = headers();
      if (headers.size() > MOST_HEADERS) {
        return wrong("Header count exceeds 15");
      }
      for (MailHeader header : headers) {
        if (!HEADER_NAME.matcher(header.name()).matches()) {
          return wrong("Invalid header name");
        }
        if (breaksLine(header.value()) || header.value().length() > 870) {
          return wrong("Invalid value of header " + header.name());
        }
      }
      return Optional.empty();
    }

    private Optional<SesError> tagError() {
      boolean allValid =
          call.get("EmailTags").items().stream()
              .allMatch(
                  tag ->
                      TAG.matcher(tag.get("Name").words()).matches()
                          && TAG.matcher(tag.get("Value").words()).matches());
      return allValid ? Optional.empty() : wrong("Invalid email tag");
    }

    private Optional<SesError> senderError() {
      String from = call.get("FromEmailAddress").words();
      String mailbox = Recipient.mailbox(from);
      if (breaksLine(from) || !ADDRESS.matcher(mailbox).matches()) {
        return wrong("FromEmailAddress is invalid");
      }
      return mailbox.equalsIgnoreCase(Recipient.mailbox(sender))
          ? Optional.empty()
          : Optional.of(SesError.unverifiedSender(mailbox));
    }

    private String notification() {
      return call.get("EmailTags").items().stream()
          .filter(tag -> tag.get("Name").words().equals("notification"))
          .map(tag -> tag.get("Value").words())
          .findFirst()
          .orElse("");
    }

    private List<MailHeader> headers() {
      List<MailHeader> headers = new ArrayList<>();
      for (Node header : simple.get("Headers").items()) {
        headers.add(new MailHeader(header.get("Name").words(), header.get("Value").words()));
      }
      return List.copyOf(headers);
    }

    private static boolean isAddress(String address) {
      return !breaksLine(address) && ADDRESS.matcher(Recipient.mailbox(address)).matches();
    }

    private static boolean breaksLine(String text) {
      return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    private static Optional<SesError> wrong(String message) {
      return Optional.of(SesError.badRequest(message));
    }
  }
}
