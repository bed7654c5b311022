package porteria.identity;

import java.util.Locale;
import java.util.Optional;

/**
 * An attempt to sign in.
 *
 * @param email in any case, surrounding blanks ignored
 * @param totp one-time or recovery code; empty when none was typed
 * @param address where it comes from
 */
public record SignIn(String email, String password, Optional<String> totp, String address) {

  /** Without a code. */
  public SignIn(String email, String password, String address) {
    this(email, password, Optional.empty(), address);
  }

  /** The mailbox as it is stored. */
  String account() {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  /** The password stays out of logs. */
  @Override
  public String toString() {
    return "SignIn[]";
  }
}
