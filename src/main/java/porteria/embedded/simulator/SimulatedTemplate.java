package porteria.embedded.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A message template the simulated WhatsApp account has approved.
 *
 * @param name as sent in {@code template.name}, such as {@code ingreso_ok}
 * @param language as sent in {@code template.language.code}, such as {@code pt_BR}
 * @param body the sentence, with the placeholders {@code {{1}}}, {@code {{2}}} … counted from one
 * @param footer the small line under it, without placeholders
 */
public record SimulatedTemplate(
    String name, String language, String body, Optional<String> footer) {

  /** One without a footer. */
  public SimulatedTemplate(String name, String language, String body) {
    this(name, language, body, Optional.empty());
  }

  /** Those that a server's catalogue ({@code conf/whatsapp-templates.json}) wants approved. */
  public static List<SimulatedTemplate> wantedBy(Path catalogue) {
    try {
      return new JsonArray(Files.readString(catalogue))
          .stream().map(JsonObject.class::cast).map(SimulatedTemplate::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SimulatedTemplate of(JsonObject template) {
    return new SimulatedTemplate(
        template.getString("name"),
        template.getString("whatsapp_language"),
        template.getString("body"),
        Optional.ofNullable(template.getString("footer")));
  }
}
