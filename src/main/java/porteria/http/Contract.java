package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Loads {@code openapi.yaml}. */
final class Contract {

  /** Under this name the router leaves an operation's security to {@link Access}. */
  static final String SECURITY = "x-security";

  private static final String RESOURCE = "openapi.yaml";
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String JSON = "application/json";

  private Contract() {}

  /**
   * The contract for the router. The router refuses contracts that name a media type it cannot
   * validate, so responses of problem documents are shown to it as plain JSON. And where an
   * operation takes either of two credentials it puts an empty chain of its own before our handler,
   * even when told to leave security alone; so that is shown to it under another name.
   */
  static Future<OpenAPIContract> load(Vertx vertx) {
    return vertx
        .fileSystem()
        .readFile(RESOURCE)
        .compose(
            file -> {
              String text = file.toString().replace(PROBLEM_JSON, JSON);
              Map<String, Object> tree =
                  new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
              return OpenAPIContract.from(vertx, renameSecurity(new JsonObject(tree)));
            });
  }

  private static JsonObject renameSecurity(JsonObject contract) {
    JsonObject paths = contract.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject operations = paths.getJsonObject(path);
      for (String method : operations.fieldNames()) {
        if (operations.getValue(method) instanceof JsonObject operation
            && operation.containsKey("security")) {
          operation.put(SECURITY, operation.remove("security"));
        }
      }
    }
    return contract;
  }
}
