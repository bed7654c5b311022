package porteria.webhook;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what others wrote: what has another shape than expected is as if it were not there. */
final class Json {

  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}|[\\ud800-\\udfff]");

  private Json() {}

  static JsonObject object(Buffer text) {
    try {
      return text.length() == 0 ? new JsonObject() : new JsonObject(text);
    } catch (DecodeException | ClassCastException notAnObject) {
      return new JsonObject();
    }
  }

  static JsonObject object(String text) {
    return object(Buffer.buffer(text));
  }

  static JsonObject object(JsonObject parent, String name) {
    return parent.getValue(name) instanceof JsonObject child ? child : new JsonObject();
  }

  /** The objects of an array. */
  static List<JsonObject> objects(JsonObject parent, String name) {
    return parent.getValue(name) instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }

  /** A text, or a number as text, without what a database cannot keep. */
  static Optional<String> text(JsonObject parent, String name, int longest) {
    return text(parent.getValue(name), longest);
  }

  static Optional<String> text(@Nullable Object value, int longest) {
    if (!(value instanceof String || value instanceof Number)) {
      return Optional.empty();
    }
    String printable = UNPRINTABLE.matcher(value.toString()).replaceAll(" ").strip();
    return Optional.of(printable.substring(0, Math.min(longest, printable.length())))
        .filter(text -> !text.isEmpty());
  }

  static Optional<UUID> id(Optional<String> text) {
    try {
      return text.map(UUID::fromString);
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
