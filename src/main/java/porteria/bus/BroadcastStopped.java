package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * A broadcast was stopped, now or before.
 *
 * @param told messages that families got, or may have got
 * @param correction a preview that takes it back, to exactly those; nobody sends it but staff
 */
public record BroadcastStopped(UUID id, int told, Optional<UUID> correction) {

  /** As the contract states it. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("broadcast_id", id.toString()).put("told", told);
    correction.ifPresent(preview -> json.put("correction_id", preview.toString()));
    return json;
  }
}
