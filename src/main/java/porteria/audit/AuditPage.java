package porteria.audit;

import java.util.List;
import java.util.Optional;

/**
 * Entries, newest first.
 *
 * @param next number below which the next page begins; empty on the last one
 */
public record AuditPage(List<StoredEntry> items, Optional<Long> next) {

  public AuditPage {
    items = List.copyOf(items);
  }
}
