package porteria.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address. IPv4 mapped into IPv6 (RFC 4291, section 2.5.5.2) is IPv4.
 *
 * <p>Read from its text alone: a name is no address, and nobody is asked what it stands for.
 */
public record NetworkAddress(InetAddress address) {

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** With a colon and without a name's letters, so that the platform never looks it up. */
  private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

  /** RFC 6177: a site gets a /64 at the least, and its machines take any address in it. */
  private static final int NETWORK_BYTES = 8;

  /**
   * Reads an address.
   *
   * @param text dotted decimal or RFC 4291 text; a zone after it is left out
   * @return empty when it is no address
   */
  public static Optional<NetworkAddress> parse(String text) {
    String literal = text.strip().replaceFirst("%[\\w.-]*$", "");
    if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new NetworkAddress(InetAddress.getByName(literal)));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /** As {@link #network()}; the text itself when it is no address. */
  public static String networkOf(String text) {
    return parse(text).map(NetworkAddress::network).orElse(text);
  }

  /**
   * What limits count as one: the address, or of IPv6 its /64, for whoever has one address there
   * has 2^64.
   */
  public String network() {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(bytes(), 0, NETWORK_BYTES) + "/64"
        : text();
  }

  /** Its text, always the same for the same address. */
  public String text() {
    return address.getHostAddress();
  }

  /** 4 or 16 bytes, the most significant first. */
  byte[] bytes() {
    return address.getAddress();
  }
}
