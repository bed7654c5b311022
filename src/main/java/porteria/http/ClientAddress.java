package porteria.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * From where a request comes. The connection itself says it; only proxies that the operator named
 * may say it of others, in X-Forwarded-For, whose left end anybody can write.
 */
final class ClientAddress {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String KEY = ClientAddress.class.getName();

  private final Set<String> trustedProxies;

  ClientAddress(List<String> trustedProxies) {
    this.trustedProxies = Set.copyOf(trustedProxies);
  }

  /** Notes the address of a request; to be routed first. */
  void handle(RoutingContext context) {
    context.put(KEY, nearest(context.request()));
    context.next();
  }

  /** The IP address that was noted: the nearest that is not a proxy of ours. */
  static String of(RoutingContext context) {
    return String.valueOf(context.<String>get(KEY));
  }

  private String nearest(HttpServerRequest request) {
    String nearest = request.remoteAddress().hostAddress();
    if (!trustedProxies.contains(nearest)) {
      return nearest;
    }
    String[] hops = String.join(",", request.headers().getAll(FORWARDED_FOR)).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && trustedProxies.contains(nearest); i--) {
      if (!hops[i].isBlank()) {
        nearest = hops[i].strip();
      }
    }
    return nearest;
  }
}
