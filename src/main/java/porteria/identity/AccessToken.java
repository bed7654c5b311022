package porteria.identity;

import java.time.Duration;

/**
 * What a person carries after signing in.
 *
 * @param value the JWT, three parts in base64url
 * @param life how long it is good, whole seconds from now
 */
public record AccessToken(String value, Duration life) {

  /** The token itself stays out of logs. */
  @Override
  public String toString() {
    return "AccessToken[life=" + life + "]";
  }
}
