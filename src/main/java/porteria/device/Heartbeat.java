package porteria.device;

import java.util.Optional;

/**
 * What a kiosk says of itself.
 *
 * @param gateCode where it stands
 * @param battery percent
 * @param queueLength scans it has not yet sent
 */
public record Heartbeat(
    String gateCode, Optional<Integer> battery, Optional<Integer> queueLength, String version) {}
