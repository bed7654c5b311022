package porteria.embedded.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The templates that the account shows to whoever asks for them. {@code PUT /templates} makes one
 * differ from what was approved, {@code DELETE /templates} makes all as they were. What may be sent
 * stays as it is: a refusal while sending is a matter of {@code /faults}.
 */
final class TemplatesApi {
  private static final int USUAL_PAGE = 25;

  private final SimulatorOptions options;

  /** By name and language. */
  private final Map<String, JsonObject> changes = new LinkedHashMap<>();

  TemplatesApi(SimulatorOptions options) {
    this.options = options;
  }

  /** {@code GET /{version}/{business-account-id}/message_templates}. */
  void list(RoutingContext routing) {
    String bearer = "Bearer " + options.whatsappToken();
    if (!bearer.equals(routing.request().getHeader("authorization"))) {
      GraphError error = GraphError.badToken();
      JsonObject body =
          new JsonObject()
              .put("error", new JsonObject().put("message", error.message()).put("code", 190));
      Answer.json(error.status(), body.encode()).send(routing.response());
      return;
    }
    int limit = number(routing, "limit").orElse(USUAL_PAGE);
    int from = number(routing, "after").orElse(0);
    List<JsonObject> all = shown();
    int to = Math.min(all.size(), from + limit);
    JsonObject paging =
        new JsonObject()
            .put("cursors", new JsonObject().put("before", "" + from).put("after", "" + to));
    if (to < all.size()) {
      paging.put("next", routing.request().absoluteURI() + "&after=" + to);
    }
    JsonArray data = new JsonArray(from < to ? all.subList(from, to) : List.of());
    Answer.json(200, new JsonObject().put("data", data).put("paging", paging).encode())
        .send(routing.response());
  }

  /**
   * {@code PUT /templates} {@code {"name","language","missing"?,"status"?,"category"?,"body"?}}.
   */
  void change(RoutingContext routing) {
    JsonObject change =
        Optional.ofNullable(routing.body().asJsonObject()).orElseGet(JsonObject::new);
    changes.put(key(change.getString("name"), change.getString("language")), change);
    routing.response().setStatusCode(204).end();
  }

  /** {@code DELETE /templates}. */
  void restore(RoutingContext routing) {
    changes.clear();
    routing.response().setStatusCode(204).end();
  }

  private List<JsonObject> shown() {
    List<SimulatedTemplate> approved = options.templates();
    return IntStream.range(0, approved.size())
        .mapToObj(number -> shown(approved.get(number), number))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<JsonObject> shown(SimulatedTemplate template, int number) {
    JsonObject change =
        changes.getOrDefault(key(template.name(), template.language()), new JsonObject());
    if (change.getBoolean("missing", false)) {
      return Optional.empty();
    }
    JsonArray components =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("type", "BODY")
                    .put("text", change.getString("body", template.body())));
    template
        .footer()
        .ifPresent(
            footer -> components.add(new JsonObject().put("type", "FOOTER").put("text", footer)));
    return Optional.of(
        new JsonObject()
            .put("id", Long.toString(7_000_000_000L + number))
            .put("name", template.name())
            .put("language", template.language())
            .put("status", change.getString("status", "APPROVED"))
            .put("category", change.getString("category", "UTILITY"))
            .put("components", components));
  }

  private static Optional<Integer> number(RoutingContext routing, String name) {
    return Optional.ofNullable(routing.request().getParam(name))
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(Integer::valueOf);
  }

  private static String key(String name, String language) {
    return name + "/" + language;
  }
}
