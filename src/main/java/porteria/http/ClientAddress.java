package porteria.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;

/**
 * Where a request comes from. Behind proxies of ours that is what the outermost of them noted: each
 * adds to the right of {@code X-Forwarded-For} whom it was called by, and what stands further left
 * is the client's own tale.
 */
final class ClientAddress {

  private static final String KEY = ClientAddress.class.getName();

  private final int proxies;

  /**
   * Reads addresses.
   *
   * @param proxies of ours that a request passes; 0 when clients connect to us
   */
  ClientAddress(int proxies) {
    this.proxies = proxies;
  }

  /** Notes the address of a request; to be routed first. */
  void handle(RoutingContext context) {
    List<String> noted =
        context.request().headers().getAll("X-Forwarded-For").stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .map(String::strip)
            .toList();
    String own = context.request().remoteAddress().hostAddress();
    context.put(
        KEY, proxies == 0 || noted.size() < proxies ? own : noted.get(noted.size() - proxies));
    context.next();
  }

  static String of(RoutingContext context) {
    return String.valueOf(context.<String>get(KEY));
  }
}
