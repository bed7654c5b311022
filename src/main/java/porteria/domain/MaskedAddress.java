package porteria.domain;

/** Addresses as lists show them: enough to recognise one that is known, too little to write to. */
public final class MaskedAddress {

  private static final String HIDDEN = "••••";
  private static final int SHOWN_END = 4;

  private MaskedAddress() {}

  /** Such as {@code +56 9 ••••1234} and {@code a•••@colegio.example}; empty of an erased one. */
  public static String of(String address) {
    int at = address.lastIndexOf('@');
    if (at >= 0) {
      return address.substring(0, Math.min(at, 1)) + "•••" + address.substring(at);
    }
    if (address.isEmpty()) {
      return "";
    }
    return address.length() > SHOWN_END * 2
        ? "%s %s %s%s"
            .formatted(
                address.substring(0, 3),
                address.substring(3, 4),
                HIDDEN,
                address.substring(address.length() - SHOWN_END))
        : HIDDEN;
  }
}
