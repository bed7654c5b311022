package porteria.tag;

import java.time.Instant;

/**
 * A QR to be shown on a screen.
 *
 * @param token signed, names school, pupil and expiry; it is not stored
 * @param expiresAt scans captured before are good
 */
public record ScreenQr(String token, Instant expiresAt) {

  /** The token itself stays out of logs. */
  @Override
  public String toString() {
    return "ScreenQr[until " + expiresAt + "]";
  }
}
