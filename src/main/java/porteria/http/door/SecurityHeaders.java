package porteria.http.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * What every answer tells browsers beside itself: what it may load, who may frame it, that it is
 * what it says. After OWASP's HTTP headers cheat sheet.
 */
public final class SecurityHeaders {

  private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence TRANSPORT =
      HttpHeaders.createOptimized("Strict-Transport-Security");
  private static final CharSequence TWO_YEARS =
      HttpHeaders.createOptimized("max-age=63072000; includeSubDomains");

  /** An answer that is no page loads nothing and is framed by nobody. */
  private static final CharSequence DATA_POLICY =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");

  /** Nothing inline and nothing from elsewhere; Pico draws its small icons from data URLs. */
  private static final String PAGE_POLICY =
      "default-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; form-action 'self'; object-src 'none'";

  private final boolean https;

  /**
   * @param https whether people reach the server so; then browsers are told to come no other way
   */
  public SecurityHeaders(boolean https) {
    this.https = https;
  }

  /** For every answer. */
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    response.putHeader(POLICY, DATA_POLICY).putHeader(TYPE_OPTIONS, NO_SNIFF);
    if (https) {
      response.putHeader(TRANSPORT, TWO_YEARS);
    }
    context.next();
  }

  /** For pages and what they load. */
  public static void forPage(RoutingContext context) {
    context
        .response()
        .putHeader(POLICY, PAGE_POLICY)
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    context.next();
  }
}
