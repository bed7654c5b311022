package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import porteria.domain.Failure;
import porteria.domain.Failure.Kind;

/**
 * Holds requests against the contract.
 *
 * <p>Where a JSON body is all that an operation takes, its schema is prepared once: the general
 * validator prepares it anew for every request, on a worker thread, which cost ten times the rest
 * of a scan's way. Operations with parameters are rarer and go that general way.
 */
final class Requests {

  private static final String JSON = "application/json";

  /** With or without parameters, such as a charset. */
  private static final Pattern JSON_TYPE =
      Pattern.compile(JSON + "\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private static final JsonSchemaOptions QUICK = options(OutputFormat.Flag);
  private static final JsonSchemaOptions EXPLAINING = options(OutputFormat.Basic);

  private final RequestValidator general;
  private final RequestExtractor extractor = RequestExtractor.withBodyHandler();
  private final Map<String, BodySchema> prepared = new HashMap<>();

  Requests(Vertx vertx, OpenAPIContract contract) {
    this.general = RequestValidator.create(vertx, contract);
    for (Operation operation : contract.operations()) {
      if (operation.getRequestBody() != null && operation.getParameters().isEmpty()) {
        prepared.put(operation.getOperationId(), BodySchema.of(contract, operation));
      }
    }
  }

  /**
   * What an operation takes of a request.
   *
   * @param parameters empty when a body is all it takes
   */
  record Input(JsonObject body, Optional<ValidatedRequest> parameters) {}

  /** The schema of a body, ready to be held against many. */
  record BodySchema(Validator quick, Validator explaining) {

    static BodySchema of(OpenAPIContract contract, Operation operation) {
      MediaType json = Objects.requireNonNull(operation.getRequestBody().getContent().get(JSON));
      JsonSchema schema = json.getSchema();
      return new BodySchema(
          contract.getSchemaRepository().validator(schema, QUICK),
          contract.getSchemaRepository().validator(schema, EXPLAINING));
    }

    /** What is wrong with a body; empty when it fits. */
    Optional<Failure> check(JsonObject body) {
      if (Boolean.TRUE.equals(quick.validate(body).getValid())) {
        return Optional.empty();
      }
      return Optional.of(
          new Failure(
              Kind.INVALID_REQUEST,
              "The request does not fit the contract.",
              Problems.fieldErrors(explaining.validate(body))));
    }
  }

  /** The prepared schema of an operation that takes a body alone. */
  BodySchema bodySchema(String operationId) {
    return Objects.requireNonNull(prepared.get(operationId));
  }

  /** The input of a request, as the contract allows it; fails with what is wrong with it. */
  Future<Input> validate(RoutingContext context, Operation operation) {
    BodySchema schema = prepared.get(operation.getOperationId());
    if (schema != null) {
      JsonObject body = json(context);
      return schema
          .check(body)
          .<Future<Input>>map(failure -> Future.failedFuture(failure.asException()))
          .orElseGet(() -> Future.succeededFuture(new Input(body, Optional.empty())));
    }
    return extractor
        .extractValidatableRequest(context, operation)
        .compose(request -> general.validate(request, operation.getOperationId()))
        .map(
            request ->
                new Input(
                    Objects.requireNonNullElseGet(
                        request.getBody().getJsonObject(), JsonObject::new),
                    Optional.of(request)));
  }

  private static JsonObject json(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !JSON_TYPE.matcher(type).matches()) {
      throw Failure.of(Kind.UNSUPPORTED_MEDIA_TYPE, "Allowed is application/json.").asException();
    }
    Buffer body = context.body().buffer();
    try {
      if (body != null && body.length() > 0) {
        return new JsonObject(body);
      }
    } catch (DecodeException | ClassCastException notAnObject) {
      throw Failure.of(Kind.INVALID_REQUEST, "The body is not a valid JSON object.").asException();
    }
    throw new Failure(
            Kind.INVALID_REQUEST,
            "The body is missing.",
            List.of(new Failure.FieldError("", "allowed is a JSON object")))
        .asException();
  }

  private static JsonSchemaOptions options(OutputFormat format) {
    return new JsonSchemaOptions()
        .setBaseUri("app://contract")
        .setDraft(Draft.DRAFT202012)
        .setOutputFormat(format);
  }
}
