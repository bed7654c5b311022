package porteria.embedded.morning;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What staff were shown, held against what they had to be.
 *
 * @param what was looked at
 */
record StaffView(String what, String expected, String shown) {

  boolean isGood() {
    return expected.equals(shown);
  }

  /**
   * Alarms held back, as last seen before the gate came back.
   *
   * @param alarms the answer of {@code GET /attendance/alarms}; empty when none was held
   */
  static StaffView held(JsonObject alarms, String darkGate, long held) {
    JsonArray gates = Optional.ofNullable(alarms.getJsonArray("gates")).orElseGet(JsonArray::new);
    String dark =
        gates.stream()
            .map(JsonObject.class::cast)
            .map(gate -> gate.getString("gate_id") + " " + gate.getString("reason"))
            .collect(Collectors.joining(", "));
    return new StaffView(
        "held while a gate was dark",
        held + " for " + darkGate + " SILENT",
        alarms.getInteger("held", 0) + " for " + dark);
  }

  /**
   * Pupils on the discrepancy list who came after their family had been told.
   *
   * @param page the answer of {@code GET /attendance/discrepancies}
   */
  static StaffView lateAfterAlarm(JsonObject page, Set<String> pupils) {
    Set<String> listed =
        page.getJsonArray("items").stream()
            .map(JsonObject.class::cast)
            .filter(item -> item.getString("kind").equals("ALARMED_THEN_ARRIVED"))
            .map(item -> item.getJsonObject("student").getString("id"))
            .collect(Collectors.toUnmodifiableSet());
    long common = pupils.stream().filter(listed::contains).count();
    return new StaffView(
        "came after their alarm",
        pupils.size() + " pupils",
        common + " pupils" + (listed.size() == common ? "" : ", and others"));
  }
}
