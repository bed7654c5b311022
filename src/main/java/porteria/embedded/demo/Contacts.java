package porteria.embedded.demo;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Hands out phones and mailboxes. Most guardians have both, some only one, a few none. Some share
 * the phone of the family, and a few that of strangers: a number handed on, or mistyped at school.
 */
final class Contacts {

  private static final int BOTH = 46;
  private static final int ONLY_WHATSAPP = 32;
  private static final int ONLY_EMAIL = 16;
  private static final int FAMILY_PHONE = 12;

  /** Every so many phones, one that a stranger has already is handed out. */
  private static final int HANDED_ON_EVERY = 150;

  /** So many phones ago it was another family's turn. */
  private static final int STRANGER = 10;

  private final Random random;
  private int nextPhone;
  private int mailboxes;

  Contacts(Random random, int firstPhone) {
    this.random = random;
    this.nextPhone = firstPhone;
  }

  /** What one guardian can be reached by. */
  record Reach(Optional<String> whatsApp, Optional<String> email) {}

  /**
   * The contacts of a guardian.
   *
   * @param familyPhone the phone of another guardian of the same children, if there is one
   */
  Reach of(String fullName, Optional<String> familyPhone) {
    int kind = random.nextInt(100);
    boolean reachable = kind < BOTH + ONLY_WHATSAPP + ONLY_EMAIL;
    boolean hasPhone = kind < BOTH + ONLY_WHATSAPP;
    boolean hasMailbox = kind < BOTH || (reachable && !hasPhone);
    boolean shares = random.nextInt(100) < FAMILY_PHONE;
    return new Reach(
        hasPhone
            ? Optional.of(shares ? familyPhone.orElseGet(this::phone) : phone())
            : Optional.empty(),
        hasMailbox ? Optional.of(mailbox(fullName)) : Optional.empty());
  }

  private String phone() {
    int number = nextPhone++;
    return number % HANDED_ON_EVERY == 0 ? phone(number - STRANGER) : phone(number);
  }

  private static String phone(int number) {
    return "+5690000%04d".formatted(number);
  }

  private String mailbox(String fullName) {
    String plain =
        Normalizer.normalize(fullName, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replace(' ', '.');
    mailboxes++;
    return plain + "." + mailboxes + "@example.test";
  }
}
