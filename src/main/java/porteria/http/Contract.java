package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Loads {@code openapi.yaml}. */
final class Contract {

  /** Where {@link Access} finds what the contract states as {@code security}. */
  static final String CREDENTIALS = "x-credentials";

  private static final String RESOURCE = "openapi.yaml";
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String JSON = "application/json";

  private Contract() {}

  /**
   * The contract for the router. The router refuses contracts that name a media type it cannot
   * validate, so responses of problem documents are shown to it as plain JSON. Nor is security
   * shown to it, which is decided in {@link Access}: where credentials are alternatives, the router
   * puts a chain of no handlers in the way, even when told to do no security, and it refuses all.
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
              return OpenAPIContract.from(vertx, withoutSecurity(new JsonObject(tree)));
            });
  }

  private static JsonObject withoutSecurity(JsonObject contract) {
    objects(contract.getJsonObject("paths"))
        .flatMap(Contract::objects)
        .filter(operation -> operation.containsKey("security"))
        .forEach(operation -> operation.put(CREDENTIALS, operation.remove("security")));
    return contract;
  }

  private static Stream<JsonObject> objects(JsonObject parent) {
    return parent.stream()
        .map(Map.Entry::getValue)
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast);
  }
}
