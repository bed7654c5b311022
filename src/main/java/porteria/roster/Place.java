package porteria.roster;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a page begins and how long it is.
 *
 * @param after the item shown last, {@link Page#next()} of the page before
 * @param limit most items of the page
 */
public record Place(Optional<UUID> after, int limit) {}
