package porteria.embedded.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a JSON text that somebody else wrote. Walking off the text, or over a value of another
 * type, ends in a missing node and never in an exception.
 */
record Node(@Nullable Object value) {
  static final Node MISSING = new Node(null);

  /** The root of the text; missing when it is not JSON. */
  static Node parse(@Nullable Buffer text) {
    if (text == null || text.length() == 0) {
      return MISSING;
    }
    try {
      return new Node(Json.decodeValue(text));
    } catch (DecodeException notJson) {
      return MISSING;
    }
  }

  boolean present() {
    return value != null;
  }

  boolean isObject() {
    return value instanceof JsonObject;
  }

  boolean isList() {
    return value instanceof JsonArray;
  }

  Node get(String key) {
    return value instanceof JsonObject object ? new Node(object.getValue(key)) : MISSING;
  }

  /** The members of a list; none when this is no list. */
  List<Node> items() {
    return value instanceof JsonArray list ? list.stream().map(Node::new).toList() : List.of();
  }

  /** The names of an object's fields; none when this is no object. */
  List<String> fields() {
    return value instanceof JsonObject object ? List.copyOf(object.fieldNames()) : List.of();
  }

  Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<Number> number() {
    return value instanceof Number number ? Optional.of(number) : Optional.empty();
  }

  Optional<Boolean> truth() {
    return value instanceof Boolean truth ? Optional.of(truth) : Optional.empty();
  }

  /** A text, or a number written out; empty for anything else. */
  String words() {
    return value instanceof String || value instanceof Number ? value.toString() : "";
  }
}
