package porteria.bus;

import java.util.Optional;
import java.util.UUID;
import porteria.domain.Role;

/**
 * Takes an event back.
 *
 * @param device the kiosk that asks: it may annul its own events within the window
 * @param staff the person who asks; one of the two is given
 * @param role of whoever asks
 * @param ip address that the request came from, as we saw it
 * @param reason why, in the asker's words
 */
public record AnnulEvent(
    UUID schoolId,
    UUID eventId,
    Optional<UUID> device,
    Optional<UUID> staff,
    Role role,
    Optional<String> ip,
    String reason) {}
