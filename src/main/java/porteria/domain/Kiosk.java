package porteria.domain;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An authenticated kiosk.
 *
 * @param code the {@code device_id} of the public contract, unique in the school
 * @param zone the school's time zone: its days begin and end there
 * @param repeatWindow within which the school takes the same pupil and direction for a double read;
 *     the server's own when empty
 * @param gates the school's gates by their code; a kiosk may be carried from one to another
 */
public record Kiosk(
    UUID schoolId,
    UUID deviceId,
    String code,
    ZoneId zone,
    Optional<Duration> repeatWindow,
    Map<String, Gate> gates) {

  public Kiosk {
    gates = Map.copyOf(gates);
  }
}
