package porteria.identity;

import java.net.URI;

/**
 * What an authenticator app is given.
 *
 * @param secret base32, 32 characters
 * @param uri the same as {@code otpauth://totp/…}, to be shown as a QR code
 */
public record TotpOffer(String secret, URI uri) {

  /** The secret stays out of logs. */
  @Override
  public String toString() {
    return "TotpOffer[]";
  }
}
