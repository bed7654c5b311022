package porteria.roster;

import java.time.Instant;
import porteria.domain.SuppressionReason;

/** Why, and since when, a contact is not written to. */
public record ContactSuppression(SuppressionReason reason, Instant since) {}
