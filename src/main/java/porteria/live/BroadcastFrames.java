package porteria.live;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import porteria.bus.BroadcastProgressed;

/**
 * Thins out how far broadcasts have come: of each the first word at once, then the latest, once a
 * second at most. Of one event loop.
 */
final class BroadcastFrames {

  private static final long EVERY_MILLIS = 1_000;

  private final Vertx vertx;
  private final Consumer<BroadcastProgressed> frames;
  private final Map<UUID, BroadcastProgressed> latest = new HashMap<>();
  private final Set<UUID> resting = new HashSet<>();

  BroadcastFrames(Vertx vertx, Consumer<BroadcastProgressed> frames) {
    this.vertx = vertx;
    this.frames = frames;
  }

  void take(BroadcastProgressed progress) {
    if (resting.contains(progress.id())) {
      latest.put(progress.id(), progress);
    } else {
      show(progress);
    }
  }

  private void show(BroadcastProgressed progress) {
    resting.add(progress.id());
    frames.accept(progress);
    vertx.setTimer(EVERY_MILLIS, due -> rested(progress.id()));
  }

  private void rested(UUID id) {
    resting.remove(id);
    BroadcastProgressed waiting = latest.remove(id);
    if (waiting != null) {
      show(waiting);
    }
  }
}
