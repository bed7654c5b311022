package porteria.bus;

import java.time.Instant;
import java.util.UUID;

/** A place in a list that runs from newest to oldest: the row that was shown last. */
public record PagePlace(Instant at, UUID id) {}
