package porteria.http.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import porteria.config.AddressRange;
import porteria.config.NetworkAddress;

/**
 * From where a request comes. The connection itself says it; only proxies that the operator named
 * may say it of others, in X-Forwarded-For, whose left end anybody can write.
 */
public final class ClientAddress {

  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String KEY = ClientAddress.class.getName();

  private final List<AddressRange> trustedProxies;

  public ClientAddress(List<AddressRange> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  /** Notes the address of a request; to be routed first. */
  public void handle(RoutingContext context) {
    context.put(KEY, nearest(context.request()));
    context.next();
  }

  /** The IP address that was noted: the nearest that is not a proxy of ours. */
  public static String of(RoutingContext context) {
    return String.valueOf(context.<String>get(KEY));
  }

  /** What limits count a request as: its address, or of IPv6 the /64. */
  public static String network(RoutingContext context) {
    return NetworkAddress.networkOf(of(context));
  }

  private String nearest(HttpServerRequest request) {
    String peer = request.remoteAddress().hostAddress();
    return NetworkAddress.parse(peer).map(known -> nearest(request, known).text()).orElse(peer);
  }

  /**
   * From the right, as long as a proxy of ours says it. What is no address is not believed, nor
   * what stands before it: a proxy that wrote it vouches for nothing there.
   */
  private NetworkAddress nearest(HttpServerRequest request, NetworkAddress peer) {
    NetworkAddress nearest = peer;
    if (!isProxy(nearest)) {
      return nearest;
    }
    String[] hops = String.join(",", request.headers().getAll(FORWARDED_FOR)).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && isProxy(nearest); i--) {
      Optional<NetworkAddress> hop = NetworkAddress.parse(hops[i]);
      if (hop.isEmpty()) {
        return nearest;
      }
      nearest = hop.get();
    }
    return nearest;
  }

  private boolean isProxy(NetworkAddress address) {
    return trustedProxies.stream().anyMatch(range -> range.contains(address));
  }
}
