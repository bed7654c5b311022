package porteria.bus;

import java.util.Optional;
import java.util.UUID;

/**
 * Asks what became of each message of a broadcast.
 *
 * @param after where the page before ended; empty for the first, which is written down
 */
public record ReportBroadcast(ByStaff by, UUID id, Optional<BroadcastReport.Place> after) {}
