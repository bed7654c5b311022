package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.RequestUtils;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

  private final RequestValidator general;
  private final RequestExtractor extractor = RequestExtractor.withBodyHandler();
  private final Map<String, BodySchema> prepared = new HashMap<>();
  private final Set<String> uploads;

  Requests(Vertx vertx, Contract contract) {
    this.uploads = contract.uploads();
    this.general = RequestValidator.create(vertx, contract.routed());
    for (Operation operation : contract.routed().operations()) {
      BodySchema body = contract.bodies().get(operation.getOperationId());
      if (body != null && operation.getParameters().isEmpty()) {
        prepared.put(operation.getOperationId(), body);
      }
    }
  }

  /**
   * What an operation takes of a request.
   *
   * @param parameters empty when a body is all it takes
   * @param file where the operation takes one
   */
  record Input(JsonObject body, Optional<ValidatedRequest> parameters, Optional<Buffer> file) {

    Input(JsonObject body, Optional<ValidatedRequest> parameters) {
      this(body, parameters, Optional.empty());
    }
  }

  /** The input of a request, as the contract allows it; fails with what is wrong with it. */
  Future<Input> validate(RoutingContext context, Operation operation) {
    if (uploads.contains(operation.getOperationId())) {
      return upload(context, operation);
    }
    BodySchema schema = prepared.get(operation.getOperationId());
    if (schema != null) {
      if (!operation.getRequestBody().isRequired() && context.body().isEmpty()) {
        return Future.succeededFuture(new Input(new JsonObject(), Optional.empty()));
      }
      Buffer body = json(context);
      return schema
          .check(body)
          .<Future<Input>>map(failure -> Future.failedFuture(failure.asException()))
          .orElseGet(
              () -> Future.succeededFuture(new Input(new JsonObject(body), Optional.empty())));
    }
    encodeOnceMore(context.request());
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

  /** The parameters are checked first: a file that comes in vain is not read. */
  private Future<Input> upload(RoutingContext context, Operation operation) {
    encodeOnceMore(context.request());
    return RequestUtils.extract(
            context.request(), operation, () -> Future.succeededFuture(Buffer.buffer()))
        .compose(request -> general.validate(request, operation.getOperationId()))
        .compose(
            request ->
                Uploads.read(context.request())
                    .map(
                        file ->
                            new Input(new JsonObject(), Optional.of(request), Optional.of(file))));
  }

  /**
   * The general validator decodes the values of the query, which come decoded, a second time (issue
   * 117 of vertx-openapi): a "+" would become a blank, and a "%" none of its own an error.
   */
  private static void encodeOnceMore(HttpServerRequest request) {
    MultiMap values = decoded(request);
    for (String name : List.copyOf(values.names())) {
      values.set(
          name,
          values.getAll(name).stream()
              .map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8))
              .toList());
    }
  }

  private static MultiMap decoded(HttpServerRequest request) {
    try {
      return request.params();
    } catch (IllegalArgumentException notEncoded) {
      throw Failure.of(
              Kind.INVALID_REQUEST,
              "The query cannot be read: a percent sign itself is written %25.")
          .asException();
    }
  }

  private static Buffer json(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !JSON_TYPE.matcher(type).matches()) {
      throw Failure.of(Kind.UNSUPPORTED_MEDIA_TYPE, "Allowed is application/json.").asException();
    }
    Buffer body = context.body().buffer();
    if (body == null || body.length() == 0) {
      throw Failure.of(Kind.INVALID_REQUEST, "The body is missing: allowed is a JSON object.")
          .asException();
    }
    return body;
  }
}
