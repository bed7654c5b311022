package porteria.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import porteria.config.Secret;

/** What Prometheus reads, for whoever knows the token. */
final class MetricsPage {

  private final PrometheusMeterRegistry meters;
  private final byte[] expected;

  MetricsPage(PrometheusMeterRegistry meters, Secret token) {
    this.meters = meters;
    this.expected = ("Bearer " + token.value()).getBytes(StandardCharsets.UTF_8);
  }

  void handle(RoutingContext context) {
    String given = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    boolean right =
        given != null && MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8));
    if (!right) {
      context.fail(401);
      return;
    }
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
        .end(meters.scrape());
  }
}
