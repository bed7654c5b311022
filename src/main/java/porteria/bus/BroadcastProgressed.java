package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import porteria.domain.BroadcastStatus;

/** How far a broadcast has come. Counts alone: all staff of the school may see them. */
public record BroadcastProgressed(
    UUID schoolId, UUID id, BroadcastStatus status, BroadcastView.Progress progress) {

  /** The frame that browsers get. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("type", "broadcast")
        .put("id", id.toString())
        .put("status", status.name())
        .put("counts", progress.countsToJson())
        .put("seconds_left", progress.secondsLeft().orElse(null));
  }
}
