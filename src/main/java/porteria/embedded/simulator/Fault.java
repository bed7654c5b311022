package porteria.embedded.simulator;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One fault that was asked for.
 *
 * @param channel the channel it strikes; both when empty
 * @param code for {@link FaultMode#CODE}: the WhatsApp error code, or the SES error name or status
 * @param rate the share of sends it strikes, 0 to 1
 * @param to the {@linkplain Recipient#key key} of the one recipient it strikes; all when empty
 * @param times how many sends it strikes before it is gone; no end when empty
 * @param delayMs milliseconds: how late a slow answer is, how long a time-out holds the connection,
 *     what Retry-After a 429 names
 * @param accepted whether the message is taken when its answer is late or lost; with {@link
 *     FaultMode#CODE} and a WhatsApp code, whether it is taken and the error reported by webhook
 */
record Fault(
    Optional<Channel> channel,
    FaultMode mode,
    String code,
    double rate,
    String to,
    OptionalInt times,
    OptionalLong delayMs,
    boolean accepted) {

  /**
   * @param recipientKeys the recipients' keys, joined by commas
   */
  boolean covers(Channel sentBy, String recipientKeys) {
    return (channel.isEmpty() || channel.get() == sentBy)
        && (to.isEmpty() || List.of(recipientKeys.split(",")).contains(to));
  }

  /** Whether a WhatsApp message is taken, and reported as failed afterwards. */
  boolean failsLater() {
    return mode == FaultMode.CODE && accepted && code.matches("[0-9]{1,9}");
  }

  boolean sameTarget(Fault other) {
    return channel.equals(other.channel) && to.equals(other.to);
  }

  Fault struckOnce() {
    return times.isEmpty()
        ? this
        : new Fault(
            channel, mode, code, rate, to, OptionalInt.of(times.getAsInt() - 1), delayMs, accepted);
  }

  boolean spent() {
    return times.isPresent() && times.getAsInt() <= 0;
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    channel.ifPresent(value -> json.put("channel", value.name()));
    json.put("mode", mode.wire());
    if (!code.isEmpty()) {
      json.put("code", code.matches("\\d+") ? (Object) Integer.valueOf(code) : code);
    }
    json.put("rate", rate);
    if (!to.isEmpty()) {
      json.put("to", to);
    }
    times.ifPresent(value -> json.put("times", value));
    delayMs.ifPresent(value -> json.put("delay_ms", value));
    return mode.takesMessage() || accepted ? json.put("accepted", accepted) : json;
  }
}
