package porteria.config;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that begin alike (CIDR, RFC 4632).
 *
 * @param first any address of the range
 * @param prefix how many leading bits are common to all
 */
public record AddressRange(NetworkAddress first, int prefix) {

  private static final Pattern TEXT = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");

  /**
   * Reads a range.
   *
   * @param text such as {@code 10.0.0.0/8}; an address alone is a range of one
   * @return empty when it is none
   */
  public static Optional<AddressRange> parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    return NetworkAddress.parse(parts.group(1))
        .map(
            first ->
                new AddressRange(
                    first, parts.group(2) == null ? bits(first) : Integer.parseInt(parts.group(2))))
        .filter(range -> range.prefix <= bits(range.first));
  }

  /** Whether an address is in the range; one of the other version never is. */
  public boolean contains(NetworkAddress other) {
    return bits(first) == bits(other) && leading(first).equals(leading(other));
  }

  private BigInteger leading(NetworkAddress of) {
    return new BigInteger(1, of.bytes()).shiftRight(bits(of) - prefix);
  }

  private static int bits(NetworkAddress of) {
    return of.bytes().length * Byte.SIZE;
  }
}
