package porteria.live;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import porteria.bus.ImportProgress;

/**
 * Thins out how far imports have come: of each the latest word, ten times a second at most. Of one
 * event loop.
 */
final class ImportFrames {

  private static final long EVERY_MILLIS = 100;

  private final Vertx vertx;
  private final Consumer<ImportProgress> frames;
  private final Map<UUID, ImportProgress> latest = new HashMap<>();

  ImportFrames(Vertx vertx, Consumer<ImportProgress> frames) {
    this.vertx = vertx;
    this.frames = frames;
  }

  void take(ImportProgress progress) {
    if (latest.put(progress.importId(), progress) == null) {
      vertx.setTimer(EVERY_MILLIS, due -> send(progress.importId()));
    }
  }

  private void send(UUID importId) {
    ImportProgress progress = latest.remove(importId);
    if (progress != null) {
      frames.accept(progress);
    }
  }
}
