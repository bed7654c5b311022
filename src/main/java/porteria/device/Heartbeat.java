package porteria.device;

import java.time.Instant;
import java.util.Optional;

/**
 * What a kiosk says of itself.
 *
 * @param gateCode where it stands
 * @param battery percent
 * @param queueLength scans it has not yet sent
 * @param sentAt by its own clock
 */
public record Heartbeat(
    String gateCode,
    Optional<Integer> battery,
    Optional<Integer> queueLength,
    String version,
    Instant sentAt) {}
