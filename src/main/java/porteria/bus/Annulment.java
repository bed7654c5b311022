package porteria.bus;

import java.time.Instant;
import java.util.UUID;

/**
 * An event taken back.
 *
 * @param familiesTold families had been told of the event and are owed the correction
 */
public record Annulment(UUID eventId, Instant annulledAt, boolean familiesTold) {}
