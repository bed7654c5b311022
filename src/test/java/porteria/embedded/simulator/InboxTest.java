package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final KnownTemplate TEMPLATE =
      KnownTemplate.of(new SimulatedTemplate("t", "es", "Hola {{1}}"));

  @Test
  void theOldestAreDroppedAndCountedBeyondTheBound() {
    Inbox inbox = new Inbox(300, Long.MAX_VALUE);
    for (int i = 0; i < 1_000; i++) {
      inbox.add(message("w-" + i, "n-" + i, "Ana"));
    }

    assertThat(ids(inbox)).hasSize(300).startsWith("w-700").endsWith("w-999");
    assertThat(inbox.dropped()).isEqualTo(700);
    assertThat(inbox.accepted(Channel.WHATSAPP)).isEqualTo(1_000);
    assertThatIllegalArgumentException().isThrownBy(() -> inbox.at(699));
  }

  @Test
  void fewLargeMessagesAreBoundedByTheirBytes() {
    Inbox inbox = new Inbox(1_000, 10_000);
    for (int i = 0; i < 10; i++) {
      inbox.add(message("w-" + i, "n-" + i, "x".repeat(4_000)));
    }

    assertThat(ids(inbox)).containsExactly("w-8", "w-9");
  }

  @Test
  void aMessageLargerThanTheBoundIsStillKeptAlone() {
    Inbox inbox = new Inbox(10, 100);
    inbox.add(message("w-1", "n-1", "Ana"));
    inbox.add(message("w-2", "n-2", "Ana"));

    assertThat(ids(inbox)).containsExactly("w-2");
  }

  @Test
  void repeatsOfANotificationAreCountedAndAMessageWithoutOneNeverRepeats() {
    Inbox inbox = new Inbox(10, Long.MAX_VALUE);
    inbox.add(message("w-1", "n-1", "Ana"));
    inbox.add(message("w-2", "n-1", "Ana"));
    inbox.add(message("w-3", "n-1", "Ana"));
    inbox.add(message("w-4", "", "Ana"));
    inbox.add(message("w-5", "", "Ana"));

    assertThat(inbox.repeated()).isEqualTo(2);
    assertThat(inbox.duplicates(inbox.at(0))).isEqualTo(2);
    assertThat(inbox.duplicates(inbox.at(4))).isZero();
  }

  @Test
  void whatIsForgottenLeavesNothingBehind() {
    Inbox inbox = new Inbox(2, Long.MAX_VALUE);
    inbox.add(message("w-1", "n-1", "Ana"));
    inbox.add(message("w-2", "n-1", "Ana"));
    inbox.clear();
    inbox.add(message("w-3", "n-1", "Ana"));

    assertThat(ids(inbox)).containsExactly("w-3");
    assertThat(inbox.repeated()).isZero();
    assertThat(inbox.accepted(Channel.WHATSAPP)).isEqualTo(1);
  }

  private static Message message(String id, String notification, String param) {
    return new WhatsAppMessage(id, "569", notification, 0, TEMPLATE, List.of(param));
  }

  private static List<String> ids(Inbox inbox) {
    List<String> ids = new ArrayList<>();
    for (long position = inbox.first(); position < inbox.end(); position++) {
      ids.add(inbox.at(position).id());
    }
    return ids;
  }
}
