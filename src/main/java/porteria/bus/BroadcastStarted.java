package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/**
 * A broadcast was begun, now or before.
 *
 * @param quotaKnown whether it was known, when it was begun, that nobody has to wait, or staff
 *     accepted that some do; true of one that was begun before
 */
public record BroadcastStarted(UUID id, int recipients, Instant startedAt, boolean quotaKnown) {

  /** As the contract states it. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("broadcast_id", id.toString())
            .put("recipients", recipients)
            .put("started_at", startedAt.toString());
    return quotaKnown ? json : json.put("quota_unknown", true);
  }
}
