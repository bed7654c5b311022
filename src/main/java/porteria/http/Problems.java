package porteria.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.Failure.Kind;
import porteria.domain.FailureException;
import porteria.http.door.RequestIds;

/** The one place where failures become problem documents (RFC 9457), and are counted. */
final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private static final Map<Integer, Kind> BY_STATUS =
      Map.of(
          400, Kind.INVALID_REQUEST,
          401, Kind.UNAUTHENTICATED,
          403, Kind.FORBIDDEN,
          404, Kind.NOT_FOUND,
          405, Kind.METHOD_NOT_ALLOWED,
          413, Kind.BODY_TOO_LARGE,
          415, Kind.UNSUPPORTED_MEDIA_TYPE,
          503, Kind.UNAVAILABLE);

  /** What the validator says of a value only because something inside it is wrong. */
  private static final Pattern ECHO =
      Pattern.compile("A subschema had errors|Property .* does not match schema");

  private static final int MOST_ERRORS = 20;

  private final MeterRegistry meters;

  Problems(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Answers a failed route. */
  void handle(RoutingContext context) {
    if (context.response().ended()) {
      return;
    }
    Failure failure = failure(context.failure(), context.statusCode());
    String requestId = RequestIds.of(context);
    if (failure.kind() == Kind.INTERNAL) {
      LOG.error("request {} failed", requestId, context.failure());
    }
    if (context.response().headWritten()) {
      context.response().reset();
      return;
    }
    if (failure.kind().status() == 503) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    if (failure.kind() == Kind.TOO_MANY_REQUESTS
        && !context.response().headers().contains(HttpHeaders.RETRY_AFTER)) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "30");
    }
    if (failure.kind().status() == 401) {
      context.response().putHeader("WWW-Authenticate", "Bearer realm=\"porteria\"");
    }
    answer(failure, requestId).writeTo(context.response());
  }

  /** The document of a failure; counted. */
  Answer answer(Failure failure, String requestId) {
    return answer(failure, requestId, new JsonObject());
  }

  /** The document of a failure with members of its own; counted. */
  Answer answer(Failure failure, String requestId, JsonObject extension) {
    meters.counter("porteria.problems", "type", failure.kind().slug()).increment();
    JsonObject document =
        new JsonObject()
            .put("type", "urn:porteria:problem:" + failure.kind().slug())
            .put("title", failure.kind().title())
            .put("status", failure.kind().status())
            .put("detail", failure.detail());
    if (!failure.errors().isEmpty()) {
      document.put("errors", new JsonArray(failure.errors().stream().map(Problems::json).toList()));
    }
    document.mergeIn(extension).put("request_id", requestId);
    return Answer.problem(failure.kind().status(), document);
  }

  private static JsonObject json(FieldError error) {
    return new JsonObject().put("pointer", error.pointer()).put("detail", error.detail());
  }

  private static Failure failure(@Nullable Throwable error, int status) {
    return switch (error) {
      case FailureException known -> known.failure();
      case SchemaValidationException invalid -> invalid(invalid);
      case ValidatorException invalid -> invalid(invalid);
      case DecodeException notJson ->
          Failure.of(Kind.INVALID_REQUEST, "The body is not valid JSON.");
      case HttpException http when http.getCause() != null ->
          failure(http.getCause(), http.getStatusCode());
      case HttpException http -> byStatus(http.getStatusCode());
      case null -> byStatus(status);
      default -> byStatus(status == -1 ? 500 : status);
    };
  }

  private static Failure byStatus(int status) {
    Kind kind = BY_STATUS.getOrDefault(status, Kind.INTERNAL);
    return Failure.of(
        kind,
        switch (kind) {
          case UNAUTHENTICATED -> "Send Authorization: Bearer with a valid token.";
          case FORBIDDEN -> "These credentials do not allow this.";
          case NOT_FOUND -> "There is nothing at this address.";
          case METHOD_NOT_ALLOWED -> "This address does not take this method.";
          case BODY_TOO_LARGE -> "The body is larger than this server takes.";
          case UNSUPPORTED_MEDIA_TYPE -> "Allowed is application/json.";
          case UNAVAILABLE -> "This part of the server does not answer now.";
          case INTERNAL -> "The server failed; the fault is logged.";
          default -> "The request could not be understood.";
        });
  }

  private static Failure invalid(ValidatorException error) {
    return switch (error.type()) {
      case MISSING_OPERATION -> byStatus(404);
      case UNSUPPORTED_VALUE_FORMAT -> byStatus(415);
      case MISSING_REQUIRED_PARAMETER ->
          Failure.of(Kind.INVALID_REQUEST, "A required part is missing: body or parameter.");
      case ILLEGAL_VALUE -> Failure.of(Kind.INVALID_REQUEST, "The body is not valid JSON.");
      default -> Failure.of(Kind.INVALID_REQUEST, "The request does not fit the contract.");
    };
  }

  private static Failure invalid(SchemaValidationException error) {
    return new Failure(
        Kind.INVALID_REQUEST,
        "The request does not fit the contract.",
        fieldErrors(error.getOutputUnit()));
  }

  /**
   * What is wrong with a parameter: the findings that say something, not that the value around a
   * wrong one is therefore wrong too.
   */
  private static List<FieldError> fieldErrors(OutputUnit output) {
    return Objects.requireNonNullElse(output.getErrors(), List.<OutputUnit>of()).stream()
        .filter(unit -> !ECHO.matcher(String.valueOf(unit.getError())).matches())
        .map(unit -> new FieldError(pointer(unit), String.valueOf(unit.getError())))
        .distinct()
        .limit(MOST_ERRORS)
        .toList();
  }

  private static String pointer(OutputUnit unit) {
    String location = Objects.requireNonNullElse(unit.getInstanceLocation(), "#");
    return location.startsWith("#") ? location.substring(1) : location;
  }
}
