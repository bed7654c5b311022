package porteria.device;

import java.time.Instant;

/**
 * A place at a gate that waits for its kiosk.
 *
 * @param enrolmentCode to be typed into the kiosk; not stored and not shown again
 */
public record EnrolmentOffer(
    String enrolmentCode, Instant expiresAt, String deviceCode, String gateCode) {

  /** The code itself stays out of logs. */
  @Override
  public String toString() {
    return "EnrolmentOffer[" + deviceCode + " until " + expiresAt + "]";
  }
}
