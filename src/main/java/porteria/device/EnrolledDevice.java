package porteria.device;

import java.util.List;
import java.util.UUID;
import porteria.domain.Gate;

/**
 * A kiosk that has just been enrolled.
 *
 * @param token what it carries from now on; not stored and not shown again
 * @param code its {@code device_id} in the public contract
 * @param gate the gate it was enrolled for
 * @param gates all gates of its school, by code
 */
public record EnrolledDevice(
    UUID id,
    String token,
    String code,
    String gate,
    List<Gate> gates,
    String school,
    String timezone) {

  public EnrolledDevice {
    gates = List.copyOf(gates);
  }

  /** The token itself stays out of logs. */
  @Override
  public String toString() {
    return "EnrolledDevice[" + id + "]";
  }
}
