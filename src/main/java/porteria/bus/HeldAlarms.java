package porteria.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Alarms that wait because a gate is dark.
 *
 * @param held pupils concerned
 * @param since when the first was held back; empty when none is
 * @param releaseAt when the first will be raised all the same
 * @param gates the gates that are waited for
 */
public record HeldAlarms(
    int held, Optional<Instant> since, Optional<Instant> releaseAt, List<DarkGate> gates) {

  /**
   * A kiosk that may have scans we do not know.
   *
   * @param since when it was last heard of; empty when never
   * @param queueLength scans it said it had not yet sent
   */
  public record DarkGate(
      String gateCode,
      String gate,
      String deviceCode,
      Reason reason,
      Optional<Instant> since,
      int queueLength) {}

  /** Why a gate is dark. */
  public enum Reason {
    /** It has not reported since the pupils were due. */
    SILENT,
    /** It has scans that it has not yet sent. */
    QUEUE
  }

  /** As the contract states it. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("held", held)
            .put("gates", new JsonArray(gates.stream().map(HeldAlarms::json).toList()));
    since.ifPresent(instant -> json.put("since", instant.toString()));
    releaseAt.ifPresent(instant -> json.put("release_at", instant.toString()));
    return json;
  }

  private static JsonObject json(DarkGate gate) {
    JsonObject json =
        new JsonObject()
            .put("gate_id", gate.gateCode())
            .put("gate", gate.gate())
            .put("device_id", gate.deviceCode())
            .put("reason", gate.reason().name())
            .put("queue_len", gate.queueLength());
    gate.since().ifPresent(instant -> json.put("since", instant.toString()));
    return json;
  }
}
