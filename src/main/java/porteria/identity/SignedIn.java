package porteria.identity;

/**
 * What a program holds of a session.
 *
 * @param access for requests
 * @param refreshToken for the next {@link SessionService#refresh}, 43 characters; good once
 */
public record SignedIn(AccessToken access, String refreshToken) {

  /** The tokens stay out of logs. */
  @Override
  public String toString() {
    return "SignedIn[life=" + access.life() + "]";
  }
}
