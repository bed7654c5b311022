package porteria.identity;

import java.time.Duration;
import java.util.List;

/**
 * What a browser holds of a session.
 *
 * @param access for the cookie of the pages
 * @param enrolling whether the person must enrol a second factor first
 * @param devices to be shown at the next {@link StaffService#openPages}, for each person who signed
 *     in there lately
 */
public record SignedInPages(AccessToken access, boolean enrolling, List<String> devices) {

  /** How long the browser is to keep what shows it as known. */
  public static final Duration DEVICE_LIFE = KnownDevices.LIFE;

  public SignedInPages {
    devices = List.copyOf(devices);
  }

  /** The tokens stay out of logs. */
  @Override
  public String toString() {
    return "SignedInPages[life=" + access.life() + "]";
  }
}
