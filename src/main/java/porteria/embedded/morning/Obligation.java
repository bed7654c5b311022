package porteria.embedded.morning;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import porteria.domain.Channel;
import porteria.domain.ScanType;

/**
 * A message a family must get.
 *
 * @param times the time of day it must state, HH:mm; two when the minute is open
 * @param since when the kiosk sent the scan that was recorded
 * @param label of the scan
 */
record Obligation(
    Address address, String name, ScanType type, Set<String> times, Instant since, String label) {

  /** A phone, as its digits, or a mailbox in lower case. */
  record Address(Channel channel, String to) {
    static Address phone(String number) {
      return new Address(Channel.WHATSAPP, number.replaceAll("[^0-9]", ""));
    }

    static Address mailbox(String mailbox) {
      return new Address(Channel.EMAIL, mailbox.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Where the guardians of a pupil must be told: at the phone of each who has one, else at the
   * mailbox; once where they share it.
   */
  static List<Address> addresses(Demo.Pupil pupil) {
    return pupil.guardians().stream().flatMap(Obligation::address).distinct().toList();
  }

  private static Stream<Address> address(Demo.Guardian guardian) {
    Optional<Address> phone = guardian.whatsApp().map(Address::phone);
    return phone.or(() -> guardian.email().map(Address::mailbox)).stream();
  }
}
