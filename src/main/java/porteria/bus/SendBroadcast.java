package porteria.bus;

import java.util.UUID;

/**
 * Begins to send what was previewed; again changes nothing.
 *
 * @param expectedRecipients as the preview said
 */
public record SendBroadcast(ByStaff by, UUID id, int expectedRecipients) {}
