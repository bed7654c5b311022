package porteria.identity;

import java.util.Optional;

/**
 * What a program holds of a session.
 *
 * @param access for requests
 * @param refreshToken for the next {@link SessionService#refresh}, 43 characters; good once
 * @param deviceToken to be shown at the next {@link StaffService#login}, 43 characters; empty where
 *     nobody signed in, or not fully
 */
public record SignedIn(AccessToken access, String refreshToken, Optional<String> deviceToken) {

  /** The tokens stay out of logs. */
  @Override
  public String toString() {
    return "SignedIn[life=" + access.life() + "]";
  }
}
