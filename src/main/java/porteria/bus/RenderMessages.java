package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import porteria.domain.MessageTemplate;

/**
 * Asks how a message that nobody is owed yet would look.
 *
 * @param payloads what it tells, by language
 */
public record RenderMessages(
    UUID schoolId, MessageTemplate template, Map<String, JsonObject> payloads) {

  public RenderMessages {
    payloads = Map.copyOf(payloads);
  }

  /** What it tells stays out of logs. */
  @Override
  public String toString() {
    return "RenderMessages[" + template + "]";
  }
}
