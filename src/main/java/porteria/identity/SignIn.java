package porteria.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An attempt to sign in.
 *
 * @param email in any case, surrounding blanks ignored
 * @param totp one-time or recovery code; empty when none was typed
 * @param address where it comes from
 * @param devices secrets by which the device shows that people have signed in there before
 */
public record SignIn(
    String email, String password, Optional<String> totp, String address, List<String> devices) {

  public SignIn {
    devices = List.copyOf(devices);
  }

  /** Without a code, from a device that shows nothing. */
  public SignIn(String email, String password, String address) {
    this(email, password, Optional.empty(), address, List.of());
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
