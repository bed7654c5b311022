package porteria.testkit;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Objects;

/** What the server answered over HTTP. */
public record Reply(int status, MultiMap headers, String text) {

  public static Reply of(HttpResponse<Buffer> response) {
    return new Reply(
        response.statusCode(),
        response.headers(),
        Objects.requireNonNullElse(response.bodyAsString(), ""));
  }

  public JsonObject json() {
    return new JsonObject(text);
  }

  public String header(String name) {
    return Objects.requireNonNullElse(headers.get(name), "");
  }

  /** A text of the body. */
  public String get(String name) {
    return Objects.requireNonNull(json().getString(name), name);
  }

  /** The objects of an array of the body. */
  public List<JsonObject> list(String name) {
    return objects(json().getJsonArray(name));
  }

  /** The flags of an accepted scan. */
  public List<String> flags() {
    return flags(json());
  }

  /** The flags of an event or a verdict. */
  public static List<String> flags(JsonObject item) {
    return item.getJsonArray("flags").stream().map(String::valueOf).toList();
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
