package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import porteria.http.door.Access;
import tools.jackson.databind.JsonNode;

/**
 * What {@code openapi.yaml} states.
 *
 * @param routed as the router understands it
 * @param bodies schema of each operation that takes a JSON body, by its operationId
 * @param uploads operationIds of those that take a file, which the router sees without a body
 */
record Contract(OpenAPIContract routed, Map<String, BodySchema> bodies, Set<String> uploads) {

  private static final String RESOURCE = "openapi.yaml";
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String CSV = "text/csv";
  private static final String PDF = "application/pdf";
  private static final String JSON = "application/json";
  private static final String FORM = "multipart/form-data";

  Contract {
    bodies = Map.copyOf(bodies);
    uploads = Set.copyOf(uploads);
  }

  /**
   * Loads the contract. The router refuses contracts that name a media type it cannot validate, so
   * responses of problem documents and of files are shown to it as plain JSON. And where an
   * operation takes either of two credentials it puts an empty chain of its own before our handler,
   * even when told to leave security alone; so that is shown to it under another name.
   */
  static Future<Contract> load(Vertx vertx) {
    return vertx
        .fileSystem()
        .readFile(RESOURCE)
        .compose(
            file -> {
              String text = asJson(asJson(asJson(file.toString(), PROBLEM_JSON), CSV), PDF);
              Map<String, BodySchema> bodies = bodies(parse(text));
              JsonObject shown = renameSecurity(parse(text));
              Set<String> uploads = withoutUploads(shown);
              return OpenAPIContract.from(vertx, shown)
                  .map(routed -> new Contract(routed, bodies, uploads));
            });
  }

  /** Where it is the key of a content; elsewhere it is a word like others. */
  private static String asJson(String text, String mediaType) {
    return text.replace(mediaType + ":", JSON + ":");
  }

  private static Map<String, BodySchema> bodies(JsonObject contract) {
    JsonNode schemas =
        BodySchema.definitions(contract.getJsonObject("components").getJsonObject("schemas"));
    Map<String, BodySchema> bodies = new HashMap<>();
    for (JsonObject operation : operations(contract)) {
      JsonObject body = operation.getJsonObject("requestBody");
      if (body != null && body.getJsonObject("content").containsKey(JSON)) {
        JsonObject schema =
            body.getJsonObject("content").getJsonObject(JSON).getJsonObject("schema");
        bodies.put(operation.getString("operationId"), new BodySchema(schema, schemas));
      }
    }
    return bodies;
  }

  /** Takes the bodies that are files away, and says whose they were: {@link Uploads} reads them. */
  private static Set<String> withoutUploads(JsonObject contract) {
    Set<String> uploads = new HashSet<>();
    for (JsonObject operation : operations(contract)) {
      JsonObject body = operation.getJsonObject("requestBody");
      if (body != null && body.getJsonObject("content").containsKey(FORM)) {
        operation.remove("requestBody");
        uploads.add(operation.getString("operationId"));
      }
    }
    return uploads;
  }

  private static JsonObject renameSecurity(JsonObject contract) {
    for (JsonObject operation : operations(contract)) {
      operation.put(Access.SECURITY, operation.remove("security"));
    }
    return contract;
  }

  private static List<JsonObject> operations(JsonObject contract) {
    return contract.getJsonObject("paths").stream()
        .flatMap(path -> ((JsonObject) path.getValue()).stream())
        .map(method -> (JsonObject) method.getValue())
        .toList();
  }

  /** Of two schemas with one name the latter would hold for both, and no reader could tell. */
  private static JsonObject parse(String yaml) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Map<String, Object> tree = new Yaml(new SafeConstructor(strict)).load(yaml);
    return new JsonObject(tree);
  }
}
