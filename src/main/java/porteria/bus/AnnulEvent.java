package porteria.bus;

import java.util.Optional;
import java.util.UUID;

/**
 * Takes an event back.
 *
 * @param device the kiosk that asks: it may annul its own events within the window
 * @param staff the person who asks; one of the two is given
 * @param reason why, in the asker's words
 */
public record AnnulEvent(
    UUID schoolId, UUID eventId, Optional<UUID> device, Optional<UUID> staff, String reason) {}
