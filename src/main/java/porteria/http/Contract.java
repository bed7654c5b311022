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

  private static final String RESOURCE = "openapi.yaml";
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String JSON = "application/json";

  /** Under this name an operation's model states its {@code security}. */
  static final String SECURITY = "x-security";

  private Contract() {}

  /**
   * The contract for the router. The router refuses contracts that name a media type it cannot
   * validate, so responses of problem documents are shown to it as plain JSON.
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
              return OpenAPIContract.from(vertx, withSecurityAside(new JsonObject(tree)));
            });
  }

  /**
   * Whom an operation lets in is decided by {@link Access}. The router is not shown it: told to
   * leave security alone, it still refuses everybody where an operation names two schemes.
   */
  private static JsonObject withSecurityAside(JsonObject contract) {
    JsonObject paths = contract.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      for (String method : item.fieldNames()) {
        if (item.getValue(method) instanceof JsonObject operation
            && operation.containsKey("security")) {
          operation.put(SECURITY, operation.remove("security"));
        }
      }
    }
    return contract;
  }
}
