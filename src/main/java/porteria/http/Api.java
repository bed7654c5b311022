package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatedRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Builds the router of the contract: authorisation, then validation, then the operation. An
 * operation without code, or code without an operation, stops the boot.
 */
final class Api {

  private static final String CALLER = "caller";

  private final Access access;
  private final InstantSource clock;

  Api(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  Router router(
      Vertx vertx, OpenAPIContract contract, Map<String, Function<Call, Future<Answer>>> code) {
    requireSame(
        contract.operations().stream().map(Operation::getOperationId).collect(Collectors.toSet()),
        code.keySet());
    RequestExtractor body = RequestExtractor.withBodyHandler();
    RouterBuilder builder =
        RouterBuilder.create(
            vertx, contract, (context, operation) -> admit(context, operation, body));
    code.forEach(
        (operationId, operation) ->
            builder
                .getRoute(operationId)
                .setDoSecurity(false)
                .addHandler(context -> serve(context, operation)));
    return builder.createRouter();
  }

  /** Runs before validation: what a stranger sends is not looked at. */
  private Future<ValidatableRequest> admit(
      RoutingContext context, Operation operation, RequestExtractor body) {
    return access
        .authorise(context, operation)
        .compose(
            caller -> {
              context.put(CALLER, caller);
              return body.extractValidatableRequest(context, operation);
            });
  }

  private void serve(RoutingContext context, Function<Call, Future<Answer>> operation) {
    Caller caller = context.get(CALLER);
    ValidatedRequest request = context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
    Call call = new Call(caller, request, RequestIds.of(context), clock.instant());
    operation
        .apply(call)
        .onSuccess(answer -> answer.writeTo(context.response()))
        .onFailure(context::fail);
  }

  private static void requireSame(Set<String> stated, Set<String> coded) {
    if (!stated.equals(coded)) {
      throw new IllegalStateException(
          "the contract states %s, the code serves %s"
              .formatted(new TreeSet<>(stated), new TreeSet<>(coded)));
    }
  }
}
