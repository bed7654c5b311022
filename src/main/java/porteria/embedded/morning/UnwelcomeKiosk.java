package porteria.embedded.morning;

import java.io.Serial;

/** The server refused a kiosk's token, so the play cannot go on. It has no stack trace. */
final class UnwelcomeKiosk extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param status 401 or 403
   * @param kept how many scans the kiosk still holds
   */
  UnwelcomeKiosk(String deviceId, int status, int kept) {
    super(
        "Kiosk %s stopped: the server answered %d to its token. It keeps its %d scans, to be sent once it is enrolled again. Is demo.json of this server, and the device not revoked?"
            .formatted(deviceId, status, kept),
        null,
        false,
        false);
  }
}
