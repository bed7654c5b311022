package porteria.identity;

import java.util.Locale;
import java.util.regex.Pattern;
import porteria.domain.Role;

/**
 * An account to be made.
 *
 * @param email in any case, surrounding blanks ignored
 * @param name what the pages call the person
 */
public record NewStaff(String email, String name, Role role) {

  /** Of a mailbox, ASCII alone: two that look alike would be two accounts. */
  private static final Pattern MAILBOX = Pattern.compile("[!-?A-~]{1,64}@[A-Za-z0-9.-]{1,189}");

  public NewStaff {
    email = email.strip().toLowerCase(Locale.ROOT);
  }

  /** Whether the email can be one. */
  boolean hasMailbox() {
    return MAILBOX.matcher(email).matches();
  }
}
