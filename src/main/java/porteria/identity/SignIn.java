package porteria.identity;

import java.util.Locale;

/**
 * An attempt to sign in.
 *
 * @param email in any case, surrounding blanks ignored
 * @param address where it comes from
 */
public record SignIn(String email, String password, String address) {

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
