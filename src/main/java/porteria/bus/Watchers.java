package porteria.bus;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import java.util.Set;
import java.util.UUID;

/** How many dashboards of each school are connected to this node. Safe for use by all verticles. */
public final class Watchers {

  private final LocalMap<UUID, Integer> counts;

  public Watchers(Vertx vertx) {
    this.counts = vertx.sharedData().getLocalMap("live.watchers");
  }

  public void add(UUID schoolId) {
    counts.merge(schoolId, 1, Integer::sum);
  }

  public void remove(UUID schoolId) {
    counts.computeIfPresent(schoolId, (school, count) -> count > 1 ? count - 1 : null);
  }

  /** The schools that are watched. */
  public Set<UUID> schools() {
    return Set.copyOf(counts.keySet());
  }

  public boolean any(UUID schoolId) {
    return counts.containsKey(schoolId);
  }
}
