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
    SUPPRESSED
  }

  /**
   * To how many different people WhatsApp may be sent within 24 hours.
   *
   * @param remaining empty while it is not known
   */
  public record Quota(int dailyUsers, Optional<Integer> remaining) {}

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
    int whatsApp = byChannel.getOrDefault(Channel.WHATSAPP, 0);
    return new JsonObject()
        .put("broadcast_id", id.toString())
        .put("recipients", recipients)
        .put("by_channel", channels)
        .put("unreachable", reasons)
        .put("students", students)
        .put("students_untold", studentsUntold)
        .put("sample", new JsonArray(sample.stream().map(BroadcastPreview::json).toList()))
        .put(
            "quota",
            new JsonObject()
                .put("daily_users", quota.dailyUsers())
                .put("remaining", quota.remaining().orElse(null))
                .put("enough", quota.remaining().map(left -> whatsApp <= left).orElse(null)))
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
