package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import porteria.http.door.Access;
import porteria.http.door.Admission;
import porteria.http.door.ClientAddress;
import porteria.http.door.RequestIds;

/**
 * Builds the router of the contract: authorisation, then validation, then the operation. An
 * operation without code, or code without an operation, stops the boot.
 */
final class Api {

  private final Access access;
  private final Admission admission;
  private final Requests requests;
  private final InstantSource clock;

  Api(Access access, Admission admission, Requests requests, InstantSource clock) {
    this.access = access;
    this.admission = admission;
    this.requests = requests;
    this.clock = clock;
  }

  Router router(
      Vertx vertx, OpenAPIContract contract, Map<String, Function<Call, Future<Answer>>> code) {
    requireSame(
        contract.operations().stream().map(Operation::getOperationId).collect(Collectors.toSet()),
        code.keySet());
    RouterBuilder builder = RouterBuilder.create(vertx, contract);
    code.forEach(
        (operationId, operation) -> {
          OpenAPIRoute route = Objects.requireNonNull(builder.getRoute(operationId));
          route
              .setDoSecurity(false)
              .setDoValidation(false)
              .addHandler(context -> serve(context, route.getOperation(), operation));
        });
    return builder.createRouter();
  }

  /** What a stranger sends is not looked at: authorisation comes first. */
  private void serve(
      RoutingContext context, Operation operation, Function<Call, Future<Answer>> code) {
    access
        .authorise(context, operation)
        .compose(
            caller -> admission.admit(context, caller),
            refused -> admission.refuse(context, refused))
        .compose(
            caller ->
                requests
                    .validate(context, operation)
                    .compose(
                        input ->
                            code.apply(
                                new Call(
                                    caller,
                                    input,
                                    RequestIds.of(context),
                                    clock.instant(),
                                    ClientAddress.of(context)))))
        .compose(answer -> answer.writeTo(context.response()))
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
