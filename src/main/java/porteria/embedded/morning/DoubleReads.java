package porteria.embedded.morning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porteria.domain.ScanType;

/**
 * Checks the rule of the double read on the answers alone: of the taps of one pupil in one
 * direction, all within the repeat window, exactly one is not a repeat. Which one is open, for
 * kiosks overtake each other.
 *
 * <p>When an earlier run ended within the window, all of them may be repeats.
 */
final class DoubleReads {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final Optional<Instant> earlierRun;
  private final Map<Passage, List<Tapped>> taps = new LinkedHashMap<>();

  private record Passage(String pupilId, ScanType type) {}

  private record Tapped(Scan scan, boolean repeat) {}

  /**
   * @param earlierRun when the last tap of an earlier run was
   */
  DoubleReads(Optional<Instant> earlierRun) {
    this.earlierRun = earlierRun;
  }

  /** Notes how a tap was flagged when it was recorded. */
  void add(Scan scan, Demo.Pupil pupil, boolean repeat) {
    taps.computeIfAbsent(new Passage(pupil.id(), scan.type()), passage -> new ArrayList<>())
        .add(new Tapped(scan, repeat));
  }

  /** What was flagged wrongly. */
  List<String> mistakes() {
    List<String> mistakes = new ArrayList<>();
    for (List<Tapped> group : taps.values()) {
      long news = group.stream().filter(tapped -> !tapped.repeat()).count();
      String label = group.getFirst().scan().label();
      if (news > 1) {
        mistakes.add(label + " was tapped twice in a moment and no REPEAT was flagged");
      }
      if (news == 0 && !nearEarlierRun(group)) {
        mistakes.add(label + " was flagged REPEAT though nothing went before");
      }
    }
    return mistakes;
  }

  private boolean nearEarlierRun(List<Tapped> group) {
    return earlierRun
        .filter(
            end ->
                group.stream()
                    .anyMatch(tapped -> tapped.scan().happenedAt().minus(WINDOW).isBefore(end)))
        .isPresent();
  }
}
