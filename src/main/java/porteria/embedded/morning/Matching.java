package porteria.embedded.morning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was owed held against what was told.
 *
 * @param delays of what was told, from the kiosk's sending to the family
 * @param missing owed and not told
 * @param twice told beyond the first time
 * @param unexpected told of a passage that nobody owed
 * @param others how many messages have causes other than a scan; they are not judged
 */
record Matching(
    List<Duration> delays,
    List<Obligation> missing,
    List<Told> twice,
    List<Told> unexpected,
    int others) {

  /**
   * @param messages oldest first
   */
  static Matching of(List<Obligation> owed, Collection<Told> messages) {
    Settling settling = new Settling();
    owed.forEach(obligation -> settling.at(settling.open, obligation.address()).add(obligation));
    messages.forEach(settling::settle);
    return settling.result();
  }

  /** Messages are taken one after the other, each for the first open obligation it fulfils. */
  private static final class Settling {
    private final Map<Obligation.Address, List<Obligation>> open = new HashMap<>();
    private final Map<Obligation.Address, List<Obligation>> fulfilled = new HashMap<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<Told> twice = new ArrayList<>();
    private final List<Told> unexpected = new ArrayList<>();
    private int others;

    private List<Obligation> at(
        Map<Obligation.Address, List<Obligation>> all, Obligation.Address address) {
      return all.computeIfAbsent(address, to -> new ArrayList<>());
    }

    private void settle(Told message) {
      List<Obligation> waiting = at(open, message.address());
      for (Obligation obligation : waiting) {
        if (message.fulfils(obligation)) {
          waiting.remove(obligation);
          at(fulfilled, message.address()).add(obligation);
          delays.add(Duration.between(obligation.since(), message.receivedAt()));
          return;
        }
      }
      if (at(fulfilled, message.address()).stream().anyMatch(message::fulfils)) {
        twice.add(message);
      } else if (message.about() == Told.About.OTHER) {
        others++;
      } else {
        unexpected.add(message);
      }
    }

    private Matching result() {
      return new Matching(
          List.copyOf(delays),
          open.values().stream().flatMap(List::stream).toList(),
          List.copyOf(twice),
          List.copyOf(unexpected),
          others);
    }
  }
}
