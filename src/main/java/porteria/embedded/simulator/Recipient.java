package porteria.embedded.simulator;

import java.util.Locale;

/** How an address is written when two of them are compared. */
final class Recipient {
  private Recipient() {}

  /** A mailbox in lower case, without a display name; a phone as its digits alone. */
  static String key(String address) {
    return address.indexOf('@') >= 0
        ? mailbox(address).toLowerCase(Locale.ROOT)
        : address.replaceAll("[^0-9]", "");
  }

  /** The bare address of {@code Colegio <a@b.cl>}. */
  static String mailbox(String address) {
    int open = address.lastIndexOf('<');
    int close = address.lastIndexOf('>');
    return (open >= 0 && close > open ? address.substring(open + 1, close) : address).strip();
  }
}
