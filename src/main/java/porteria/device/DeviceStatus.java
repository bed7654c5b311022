package porteria.device;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of a device.
 *
 * @param gateCode the gate it was enrolled for, or last reported from
 * @param lastSeen to the minute
 * @param battery percent
 * @param queueLength scans it had not yet sent
 */
public record DeviceStatus(
    UUID id,
    String code,
    String gateCode,
    String gate,
    Optional<Instant> enrolledAt,
    Optional<Instant> lastSeen,
    Optional<Instant> revokedAt,
    Optional<String> version,
    Optional<Integer> battery,
    Optional<Integer> queueLength) {}
