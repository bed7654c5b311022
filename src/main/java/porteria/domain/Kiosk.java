package porteria.domain;

import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;

/**
 * An authenticated kiosk.
 *
 * @param code the {@code device_id} of the public contract, unique in the school
 * @param zone the school's time zone: its days begin and end there
 * @param gates the school's gates by their code; a kiosk may be carried from one to another
 */
public record Kiosk(
    UUID schoolId, UUID deviceId, String code, ZoneId zone, Map<String, Gate> gates) {

  public Kiosk {
    gates = Map.copyOf(gates);
  }
}
