package porteria.domain;

import java.time.ZoneId;
import java.util.UUID;

/**
 * An authenticated kiosk: which school, which device, which gate.
 *
 * @param code the {@code device_id} of the public contract, unique in the school
 * @param gateCode the {@code gate_id} of the public contract, unique in the school
 * @param zone the school's time zone: its days begin and end there
 */
public record Kiosk(
    UUID schoolId,
    UUID deviceId,
    String code,
    UUID gateId,
    String gateCode,
    String gateName,
    ZoneId zone) {}
