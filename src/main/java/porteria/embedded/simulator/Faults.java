package porteria.embedded.simulator;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The active faults, in the order in which they were asked for: the first that strikes wins. */
final class Faults {
  private final RandomGenerator random;
  private final List<Fault> active = new ArrayList<>();

  /**
   * @param random draws for faults with a rate; a seeded one makes a run repeatable
   */
  Faults(RandomGenerator random) {
    this.random = random;
  }

  /** Adds behind the others. An "ok" first takes away the faults of exactly its target. */
  void add(Fault fault) {
    if (fault.mode() == FaultMode.OK) {
      active.removeIf(fault::sameTarget);
    }
    active.add(fault);
  }

  void replaceAll(List<Fault> faults) {
    active.clear();
    active.addAll(faults);
  }

  void clear() {
    active.clear();
  }

  /** The fault that strikes this send, counted as struck. */
  Optional<Fault> strike(Channel channel, String recipientKey) {
    for (int i = 0; i < active.size(); i++) {
      Fault fault = active.get(i);
      if (fault.covers(channel, recipientKey) && drawn(fault)) {
        countStrike(i, fault.struckOnce());
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  List<Fault> active() {
    return List.copyOf(active);
  }

  JsonArray json() {
    JsonArray list = new JsonArray();
    active.forEach(fault -> list.add(fault.json()));
    return list;
  }

  private boolean drawn(Fault fault) {
    return fault.rate() >= 1 || random.nextDouble() < fault.rate();
  }

  private void countStrike(int index, Fault after) {
    if (after.spent()) {
      active.remove(index);
    } else {
      active.set(index, after);
    }
  }
}
