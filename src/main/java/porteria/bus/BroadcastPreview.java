package porteria.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;

/**
 * Whom a broadcast would reach, and what they would read.
 *
 * @param recipients addresses, each of which gets one message
 * @param unreachable why guardians, and pupils without any, get none
 * @param students pupils it is about
 * @param studentsUntold of them, those of whom nobody is told
 * @param sample in each language that occurs, as the first family would read it
 * @param seconds that sending takes at the rate that is configured
 */
public record BroadcastPreview(
    UUID id,
    int recipients,
    Map<Channel, Integer> byChannel,
    Map<Reason, Integer> unreachable,
    int students,
    int studentsUntold,
    List<MessagePreviews.Preview> sample,
    Quota quota,
    long seconds,
    Instant expiresAt) {

  /** Why somebody gets none. */
  public enum Reason {
    /** A pupil for whom no active guardian answers. */
    NO_GUARDIAN,
    /** A guardian without an address of these channels. */
    NO_CONTACT,
    /** A guardian who did not choose a channel that reaches them. */
    NOT_WANTED,
    /** A guardian whose address was unsubscribed or failed. */
    SUPPRESSED,
    /** A guardian who was told the same, of all their children, by a broadcast that was stopped. */
    ALREADY_TOLD
  }

  /**
   * To how many different people WhatsApp may be sent within 24 hours.
   *
   * @param remaining how many more; empty while it is not known, as what follows
   * @param remainingForBroadcasts of them, those that are not kept for what is told of a child
   * @param needed those of the broadcast's who were not written to within the day
   */
  public record Quota(
      int dailyUsers,
      Optional<Integer> remaining,
      Optional<Integer> remainingForBroadcasts,
      Optional<Integer> needed) {

    /** Whether nobody has to wait; empty while it is not known. */
    public Optional<Boolean> enough() {
      return remainingForBroadcasts.flatMap(left -> needed.map(people -> people <= left));
    }

    private JsonObject toJson() {
      return new JsonObject()
          .put("daily_users", dailyUsers)
          .put("remaining", remaining.orElse(null))
          .put("remaining_for_broadcasts", remainingForBroadcasts.orElse(null))
          .put("needed", needed.orElse(null))
          .put("enough", enough().orElse(null));
    }
  }

  public BroadcastPreview {
    byChannel = Map.copyOf(byChannel);
    unreachable = Map.copyOf(unreachable);
    sample = List.copyOf(sample);
  }

  /** As the contract states it. */
  public JsonObject toJson() {
    JsonObject channels = new JsonObject();
    for (Channel channel : Channel.values()) {
      channels.put(channel.name(), byChannel.getOrDefault(channel, 0));
    }
    JsonArray reasons = new JsonArray();
    for (Reason reason : Reason.values()) {
      Optional.ofNullable(unreachable.get(reason))
          .ifPresent(
              count ->
                  reasons.add(new JsonObject().put("reason", reason.name()).put("count", count)));
    }
    return new JsonObject()
        .put("broadcast_id", id.toString())
        .put("recipients", recipients)
        .put("by_channel", channels)
        .put("unreachable", reasons)
        .put("students", students)
        .put("students_untold", studentsUntold)
        .put("sample", new JsonArray(sample.stream().map(BroadcastPreview::json).toList()))
        .put("quota", quota.toJson())
        .put("estimated_seconds", seconds)
        .put("expires_at", expiresAt.toString());
  }

  private static JsonObject json(MessagePreviews.Preview preview) {
    JsonObject json =
        new JsonObject()
            .put("language", preview.language())
            .put(
                "mail",
                new JsonObject()
                    .put("subject", preview.subject())
                    .put("text", preview.text())
                    .put("html", preview.html()));
    if (!preview.whatsApp().isEmpty()) {
      JsonObject phone = new JsonObject().put("text", preview.whatsApp());
      preview.footer().ifPresent(footer -> phone.put("footer", footer));
      json.put("whatsapp", phone);
    }
    return json;
  }
}
