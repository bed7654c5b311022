package porteria.browser;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Alarms that are held back, as {@code /api/v1/attendance/alarms} tells them. */
final class HeldAlarms {

  private HeldAlarms() {}

  /** 37 that wait for one gate. */
  static String ofADarkGate() {
    JsonObject gate =
        new JsonObject()
            .put("gate", "Puerta Norte")
            .put("reason", "SILENT")
            .put("since", "2026-06-10T11:41:00Z");
    return new JsonObject()
        .put("held", 37)
        .put("release_at", "2026-06-10T12:35:00Z")
        .put("gates", new JsonArray().add(gate))
        .encode();
  }
}
