package porteria.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porteria.domain.Channel;
import porteria.domain.NotificationStatus;
import porteria.domain.PauseScope;

/**
 * How the sending of a school's messages stands, by channel.
 *
 * @param delay of the alerts of the last minutes; empty when none was sent
 */
public record SendingView(List<ChannelState> channels, Optional<Delay> delay) {

  /**
   * How long alerts took, from being owed to a family to the provider's taking them.
   *
   * @param minutes of how many minutes until now
   * @param messages how many were taken
   * @param p50 half took no longer
   * @param p99 of a hundred, ninety-nine took no longer
   */
  public record Delay(int minutes, int messages, Duration p50, Duration p99) {

    private JsonObject toJson() {
      return new JsonObject()
          .put("minutes", minutes)
          .put("messages", messages)
          .put("p50_ms", p50.toMillis())
          .put("p99_ms", p99.toMillis());
    }
  }

  /**
   * One channel.
   *
   * @param queued how many wait, by lane; a smaller lane overtakes a larger
   * @param oldest since when the one that waits longest is due
   * @param parked how many wait for a pause to end
   * @param today how many were owed today, by where they stand
   */
  public record ChannelState(
      Channel channel,
      Map<Integer, Integer> queued,
      Optional<Instant> oldest,
      int parked,
      List<Pause> pauses,
      Map<NotificationStatus, Integer> today) {

    private JsonObject toJson() {
      JsonArray lanes = new JsonArray();
      queued.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              lane ->
                  lanes.add(
                      new JsonObject().put("lane", lane.getKey()).put("count", lane.getValue())));
      JsonObject counts = new JsonObject();
      for (NotificationStatus status : NotificationStatus.values()) {
        Optional.ofNullable(today.get(status)).ifPresent(count -> counts.put(status.name(), count));
      }
      JsonObject json =
          new JsonObject()
              .put("channel", channel.name())
              .put("queued", lanes)
              .put("parked", parked)
              .put("paused", new JsonArray(pauses.stream().map(Pause::toJson).toList()))
              .put("today", counts);
      oldest.ifPresent(at -> json.put("oldest_due_at", at.toString()));
      return json;
    }
  }

  /**
   * What all schools of this server share and cannot use for now.
   *
   * @param subject of a template its name and language, such as {@code ingreso_ok/es}; else empty
   * @param code as the provider named it
   */
  public record Pause(PauseScope scope, String subject, String code, Instant since) {

    private JsonObject toJson() {
      return new JsonObject()
          .put("scope", scope.name())
          .put("subject", subject)
          .put("code", code)
          .put("since", since.toString());
    }
  }

  /** As the contract states it. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("channels", new JsonArray(channels.stream().map(ChannelState::toJson).toList()));
    delay.ifPresent(took -> json.put("delay", took.toJson()));
    return json;
  }
}
