package porteria.device;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.GateHealth;

/**
 * What is known of a device.
 *
 * @param gateCode the gate it was enrolled for, or last reported from
 * @param lastSeen exact where it was a heartbeat, else to the minute
 * @param battery percent
 * @param queueLength scans it had not yet sent
 * @param clockSkewSeconds how far its clock was ahead of ours at the last heartbeat
 * @param dark why its gate is dark, if it is; never when it was revoked
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
    Optional<Integer> queueLength,
    Optional<Integer> clockSkewSeconds,
    Optional<GateHealth.Dark> dark) {}
