package porteria.http;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.Failure.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema of a JSON body, prepared once and held against many. Safe for use by many threads. */
final class BodySchema {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final int MOST_ERRORS = 20;

  private final Schema schema;

  /**
   * Prepares a schema.
   *
   * @param schema as it stands at an operation of the contract: a reference to a named one
   * @param definitions what the schema may refer to
   */
  BodySchema(JsonObject schema, JsonNode definitions) {
    ObjectNode document =
        MAPPER
            .createObjectNode()
            .put("$ref", selfContained(schema.getString("$ref")))
            .set("$defs", definitions);
    this.schema = REGISTRY.getSchema(document);
  }

  /** The schemas of the contract by name, read once for all bodies. */
  static JsonNode definitions(JsonObject schemas) {
    return MAPPER.readTree(selfContained(schemas.encode()));
  }

  private static String selfContained(String text) {
    return text.replace("#/components/schemas/", "#/$defs/");
  }

  /** What is wrong with a body; empty when it fits. */
  Optional<Failure> check(Buffer body) {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(body.getBytes());
    } catch (JacksonException notJson) {
      return Optional.of(Failure.of(Kind.INVALID_REQUEST, "The body is not valid JSON."));
    }
    return validate(tree);
  }

  private Optional<Failure> validate(JsonNode tree) {
    try {
      List<Error> errors = schema.validate(tree);
      return errors.isEmpty() ? Optional.empty() : Optional.of(failure(errors));
    } catch (ArithmeticException | JacksonException tooLarge) {
      return Optional.of(
          Failure.of(Kind.INVALID_REQUEST, "A number in the body is beyond all limits."));
    }
  }

  private static Failure failure(List<Error> errors) {
    return new Failure(
        Kind.INVALID_REQUEST,
        "The request does not fit the contract.",
        List.copyOf(firstOfEach(errors).values()));
  }

  /** One word for each place: what follows from it says the same again. */
  private static Map<String, FieldError> firstOfEach(List<Error> errors) {
    Map<String, FieldError> found = new LinkedHashMap<>();
    errors.stream()
        .map(BodySchema::fieldError)
        .limit(MOST_ERRORS)
        .forEach(error -> found.putIfAbsent(error.pointer(), error));
    return found;
  }

  /** A missing or unknown property is pointed at itself, not at the object around it. */
  private static FieldError fieldError(Error error) {
    String place = error.getInstanceLocation().toString();
    String property = error.getProperty();
    return new FieldError(property == null ? place : place + "/" + property, error.getMessage());
  }
}
