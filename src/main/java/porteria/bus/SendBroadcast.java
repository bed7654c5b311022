package porteria.bus;

import java.util.UUID;

/**
 * Begins to send what was previewed; again changes nothing.
 *
 * @param expectedRecipients as the preview said
 * @param acceptDelay although WhatsApp may not be sent to so many people now
 */
public record SendBroadcast(ByStaff by, UUID id, int expectedRecipients, boolean acceptDelay) {}
