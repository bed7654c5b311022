package porteria.embedded.morning;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The contract's schemas of bodies, by call. */
final class ContractSchemas {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonObject contract = load();

  /** Whether the contract has this call. */
  boolean has(String method, String path) {
    return operation(method, path).isPresent();
  }

  /** What is wrong with a request's body, or with an answer's where a status is given. */
  List<String> mistakes(String method, String path, Optional<String> status, String json) {
    JsonObject operation = operation(method, path).orElseThrow();
    JsonObject holder =
        status
            .map(code -> answer(operation.getJsonObject("responses"), code))
            .orElseGet(() -> operation.getJsonObject("requestBody"));
    JsonObject content = resolved(holder).getJsonObject("content");
    String type = content.fieldNames().iterator().next();
    return mistakes(content.getJsonObject(type).getJsonObject("schema"), json);
  }

  /** What is wrong with it by a named schema. */
  List<String> mistakesBy(String name, String json) {
    return mistakes(new JsonObject().put("$ref", "#/components/schemas/" + name), json);
  }

  /** The contract's schema of this name. */
  JsonObject named(String name) {
    return part("schemas").getJsonObject(name);
  }

  private List<String> mistakes(JsonObject schema, String json) {
    JsonObject document = schema.copy().put("$defs", part("schemas"));
    String alone = document.encode().replace("#/components/schemas/", "#/$defs/");
    return REGISTRY.getSchema(MAPPER.readTree(alone)).validate(MAPPER.readTree(json)).stream()
        .map(Error::toString)
        .toList();
  }

  private static JsonObject answer(JsonObject answers, String status) {
    return answers.containsKey(status)
        ? answers.getJsonObject(status)
        : answers.getJsonObject("default");
  }

  private JsonObject resolved(JsonObject holder) {
    String reference = holder.getString("$ref");
    return reference == null
        ? holder
        : part("responses").getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private JsonObject part(String name) {
    return contract.getJsonObject("components").getJsonObject(name);
  }

  private Optional<JsonObject> operation(String method, String path) {
    return Optional.ofNullable(contract.getJsonObject("paths").getJsonObject(path))
        .map(operations -> operations.getJsonObject(method.toLowerCase(Locale.ROOT)));
  }

  private static JsonObject load() {
    try (InputStream file = ContractSchemas.class.getResourceAsStream("/openapi.yaml")) {
      Map<String, Object> tree =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Objects.requireNonNull(file));
      // Once through its text, so that responses' statuses are names, as JSON has them.
      return new JsonObject(new JsonObject(tree).encode());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
