package porteria.http.door;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import porteria.config.LimitSettings;
import porteria.domain.Failure;
import porteria.domain.Failure.Kind;
import porteria.domain.FailureException;

/**
 * How often each may ask: a kiosk, a person, and, for who shows no valid credential, a network
 * address. Public reads, such as health, are not counted.
 */
public final class Admission {

  private final RateLimits limits;
  private final LimitSettings settings;

  public Admission(RateLimits limits, LimitSettings settings) {
    this.limits = limits;
    this.settings = settings;
  }

  /** Counts a request of somebody known; fails with TOO_MANY_REQUESTS. */
  public Future<Caller> admit(RoutingContext context, Caller caller) {
    Future<Void> counted =
        switch (caller) {
          case Caller.AtGate(var kiosk) ->
              count(context, "device", kiosk.deviceId().toString(), settings.devicePerMinute());
          case Caller.Staff(var session) ->
              count(context, "staff", session.staffId().toString(), settings.accountPerMinute());
          case Caller.Parent(var session) ->
              count(
                  context,
                  "guardian",
                  session.guardianId().toString(),
                  settings.accountPerMinute());
          case Caller.Worker() -> count(context, "worker", "", settings.accountPerMinute());
          case Caller.Anyone() ->
              context.request().method().equals(HttpMethod.GET)
                  ? Future.succeededFuture()
                  : countAddress(context);
        };
    return counted.map(caller);
  }

  /** Counts a request without a valid credential, and passes its failure on. */
  public <T> Future<T> refuse(RoutingContext context, Throwable failure) {
    boolean unknown =
        failure instanceof FailureException known && known.failure().kind() == Kind.UNAUTHENTICATED;
    return unknown
        ? countAddress(context).compose(counted -> Future.failedFuture(failure))
        : Future.failedFuture(failure);
  }

  /** Counts a request against the address it comes from; fails with TOO_MANY_REQUESTS. */
  public Future<Void> countAddress(RoutingContext context) {
    return count(context, "address", ClientAddress.network(context), settings.addressPerMinute());
  }

  private Future<Void> count(RoutingContext context, String kind, String subject, int perMinute) {
    return limits
        .take(kind, subject, perMinute)
        .compose(
            wait -> {
              if (wait == 0) {
                return Future.succeededFuture();
              }
              long seconds = Math.ceilDiv(wait, 1_000);
              context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
              return Future.failedFuture(
                  Failure.of(
                          Kind.TOO_MANY_REQUESTS,
                          "Allowed are %d requests a minute; come back in %d s."
                              .formatted(perMinute, seconds))
                      .asException());
            });
  }
}
