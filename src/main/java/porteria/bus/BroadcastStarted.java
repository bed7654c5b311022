package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/** A broadcast was begun, now or before. */
public record BroadcastStarted(UUID id, int recipients, Instant startedAt) {

  /** As the contract states it. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("broadcast_id", id.toString())
        .put("recipients", recipients)
        .put("started_at", startedAt.toString());
  }
}
