package porteria.embedded.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the newest end of the inbox, never further than a page can show. */
final class InboxReader {
  private static final int MOST_SCANNED = 5_000;
  private static final int MOST_CONVERSATIONS = 60;
  private static final int MOST_SHOWN = 4;
  private static final int MOST_IN_ONE = 200;

  private final Inbox inbox;

  InboxReader(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Phones and mailboxes with their last few messages, the one that heard last first. */
  List<Conversation> latest() {
    Map<String, List<Conversation.Line>> found = new LinkedHashMap<>();
    long oldest = Math.max(inbox.first(), inbox.end() - MOST_SCANNED);
    for (long position = inbox.end() - 1; position >= oldest; position--) {
      Message message = inbox.at(position);
      if (!found.containsKey(message.to()) && found.size() >= MOST_CONVERSATIONS) {
        continue;
      }
      List<Conversation.Line> lines = found.computeIfAbsent(message.to(), to -> new ArrayList<>());
      if (lines.size() < MOST_SHOWN) {
        lines.add(line(message));
      }
    }
    return found.entrySet().stream()
        .map(entry -> new Conversation(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The last messages of one phone or mailbox, newest first; none when it heard nothing. */
  Conversation of(String recipientKey) {
    List<Conversation.Line> lines = new ArrayList<>();
    for (long position = inbox.end() - 1;
        position >= inbox.first() && lines.size() < MOST_IN_ONE;
        position--) {
      Message message = inbox.at(position);
      if (message.reaches(recipientKey)) {
        lines.add(line(message));
      }
    }
    return new Conversation(recipientKey, lines);
  }

  /** The mail with this id. */
  Optional<MailMessage> mail(String id) {
    for (long position = inbox.end() - 1; position >= inbox.first(); position--) {
      if (inbox.at(position) instanceof MailMessage mail && mail.id().equals(id)) {
        return Optional.of(mail);
      }
    }
    return Optional.empty();
  }

  /** Messages accepted since the last clearing. */
  long accepted() {
    return inbox.accepted(Channel.WHATSAPP) + inbox.accepted(Channel.EMAIL);
  }

  /** Accepted messages whose notification had been accepted before. */
  long repeated() {
    return inbox.repeated();
  }

  private Conversation.Line line(Message message) {
    return new Conversation.Line(message, inbox.duplicates(message));
  }
}
