package porteria.bus;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A page of broadcasts, newest first.
 *
 * @param next the one shown last; empty on the last page
 */
public record BroadcastPage(List<BroadcastView> items, Optional<UUID> next) {

  public BroadcastPage {
    items = List.copyOf(items);
  }
}
