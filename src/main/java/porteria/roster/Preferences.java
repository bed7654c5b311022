package porteria.roster;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import porteria.domain.Channel;
import porteria.domain.MessageType;

/** The channels that a guardian chose for each type of message; none where a type is missing. */
public record Preferences(Map<MessageType, Set<Channel>> channels) {

  /** Everything, by whatever the guardian can be reached. */
  public static final Preferences ALL = all();

  public Preferences {
    Map<MessageType, Set<Channel>> copy = new EnumMap<>(MessageType.class);
    channels.forEach((type, chosen) -> copy.put(type, Set.copyOf(chosen)));
    channels = Map.copyOf(copy);
  }

  private static Preferences all() {
    Map<MessageType, Set<Channel>> channels = new EnumMap<>(MessageType.class);
    for (MessageType type : MessageType.values()) {
      channels.put(type, EnumSet.allOf(Channel.class));
    }
    return new Preferences(channels);
  }

  /** As {@code {"INGRESO_OK": ["WHATSAPP", "EMAIL"], …}}; what is not known is passed over. */
  public static Preferences of(JsonObject json) {
    Map<MessageType, Set<Channel>> channels = new EnumMap<>(MessageType.class);
    for (MessageType type : MessageType.values()) {
      JsonArray chosen = json.getJsonArray(type.name());
      if (chosen != null) {
        Set<Channel> known = EnumSet.noneOf(Channel.class);
        for (Channel channel : Channel.values()) {
          if (chosen.contains(channel.name())) {
            known.add(channel);
          }
        }
        channels.put(type, known);
      }
    }
    return new Preferences(channels);
  }

  /** The reverse of {@link #of}; every type is named. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    for (MessageType type : MessageType.values()) {
      List<String> chosen = new ArrayList<>();
      channels.getOrDefault(type, Set.of()).stream()
          .sorted()
          .forEach(channel -> chosen.add(channel.name()));
      json.put(type.name(), new JsonArray(chosen));
    }
    return json;
  }
}
