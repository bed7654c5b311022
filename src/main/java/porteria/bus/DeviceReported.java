package porteria.bus;

import java.util.UUID;

/**
 * A kiosk's heartbeat is committed. A hint: how kiosks fare is found in the database.
 *
 * @param deviceId of the record, not the {@code device_id} of the public contract
 */
public record DeviceReported(UUID schoolId, UUID deviceId) {}
