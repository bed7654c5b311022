package porteria.roster;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import porteria.domain.Channel;

/**
 * Addresses as people write them, turned into the form they are kept in. The first number of a
 * country reads what is known of its numbers from a file, so this is not for an event loop.
 *
 * @param country ISO 3166-1 code of the country that a number without one is of
 */
record Addresses(String country) {

  /** What {@link #normalise} takes of each channel. */
  static final String ALLOWED_PHONE = "allowed is a whole phone number, such as +56 9 1234 5678";

  static final String ALLOWED_MAILBOX = "allowed is a mailbox, such as ana@example.org";

  private static final int LONGEST = 254;
  private static final Pattern MAILBOX =
      Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\\\p{Cntrl}]{1,64}@([a-z0-9-]+\\.)+[a-z0-9-]{2,}");

  /** The form an address is kept in: E.164, or a mailbox in lower case; empty when it is none. */
  Optional<String> normalise(Channel channel, String address) {
    return switch (channel) {
      case WHATSAPP -> phone(address.strip());
      case EMAIL -> mailbox(address.strip().toLowerCase(Locale.ROOT));
    };
  }

  static String allowed(Channel channel) {
    return switch (channel) {
      case WHATSAPP -> ALLOWED_PHONE;
      case EMAIL -> ALLOWED_MAILBOX;
    };
  }

  /** By length and country only: ranges are handed out more often than this server is updated. */
  private Optional<String> phone(String text) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      PhoneNumber number = numbers.parse(text, country);
      return numbers.isPossibleNumber(number) && !number.hasExtension()
          ? Optional.of(numbers.format(number, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<String> mailbox(String text) {
    return text.length() <= LONGEST && MAILBOX.matcher(text).matches()
        ? Optional.of(text)
        : Optional.empty();
  }
}
