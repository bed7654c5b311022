package porteria.absence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A part of a list of requests.
 *
 * @param next the request shown last, after which the next page begins; empty on the last page
 */
public record AbsencePage(List<AbsenceRequest> items, Optional<UUID> next) {

  public AbsencePage {
    items = List.copyOf(items);
  }

  /** A page of at most {@code limit} requests, of which one more was asked for. */
  static AbsencePage of(List<AbsenceRequest> found, int limit) {
    List<AbsenceRequest> shown = found.subList(0, Math.min(limit, found.size()));
    return new AbsencePage(
        shown, found.size() > limit ? Optional.of(shown.getLast().id()) : Optional.empty());
  }
}
