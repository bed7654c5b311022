package porteria.http.page;

import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CSRFHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The token that every form of ours carries beside the same in a cookie, so that no other site's
 * form is taken (OWASP, double submit of a signed cookie).
 *
 * <p>One browser keeps one token while it is young: the same page in two tabs, or a form that was
 * sent, must not make another form worthless that somebody is still writing. Each page is good for
 * as long as its form may stand open, for a token is replaced before that comes to an end. Signing
 * in and out always replaces it.
 */
final class FormTokens {

  /** A form may stand open for a working day. */
  private static final Duration OPEN = Duration.ofHours(12);

  private static final Duration YOUNG = Duration.ofHours(12);

  /** Salt, milliseconds since 1970 at which it was made, signature. */
  private static final Pattern TOKEN = Pattern.compile("[\\w-]{1,99}\\.(\\d{1,15})\\.[\\w-]{1,99}");

  /** Under which a request knows the token that the browser has. */
  private static final String BEFORE = "form-token-before";

  private final CSRFHandler tokens;

  /**
   * Makes tokens and checks them.
   *
   * @param key with which they are signed
   * @param https whether the cookie goes over TLS alone
   */
  FormTokens(Vertx vertx, String key, boolean https) {
    this.tokens =
        CSRFHandler.create(vertx, key)
            .setCookieHttpOnly(true)
            .setCookieSecure(https)
            .setNagHttps(false)
            .setTimeout(OPEN.plus(YOUNG).toMillis());
  }

  /** The token that the forms of the page to be answered carry. */
  static String of(RoutingContext context) {
    String token = context.get(CSRFHandler.DEFAULT_HEADER_NAME);
    return token == null ? "" : token;
  }

  /** Lets the browser keep the token that it has. */
  static void leave(RoutingContext context) {
    context.response().removeCookie(CSRFHandler.DEFAULT_COOKIE_NAME, false);
  }

  /** Lets a form that was refused be offered anew with the token that the browser has. */
  static void offer(RoutingContext context) {
    Optional.ofNullable(context.request().getCookie(CSRFHandler.DEFAULT_COOKIE_NAME))
        .map(Cookie::getValue)
        .filter(token -> TOKEN.matcher(token).matches())
        .ifPresent(token -> context.put(CSRFHandler.DEFAULT_HEADER_NAME, token));
  }

  /** Gives a page its token. */
  Route give(Route route) {
    return route
        .handler(
            context -> {
              // Read before a new cookie is set, which is all that is told of it from then on.
              Cookie cookie = context.request().getCookie(CSRFHandler.DEFAULT_COOKIE_NAME);
              if (cookie != null && !wasRefused(context)) {
                context.put(BEFORE, cookie.getValue());
              }
              tokens.handle(context);
            })
        .handler(context -> keep(context, Optional.ofNullable(context.get(BEFORE))));
  }

  /** Lets a form pass that carries its token; the token stays good for those beside it. */
  Route take(Route route) {
    return route
        .handler(tokens)
        .handler(
            context ->
                keep(
                    context,
                    Optional.ofNullable(
                            context.request().getHeader(CSRFHandler.DEFAULT_HEADER_NAME))
                        .or(() -> Asked.field(context, CSRFHandler.DEFAULT_HEADER_NAME))));
  }

  /** The same of a form by which somebody comes or goes: from then on the token is another. */
  Route takeLast(Route route) {
    return route.handler(tokens);
  }

  /** Stays with the token of before where that is young beside the new one. */
  private static void keep(RoutingContext context, Optional<String> before) {
    Optional<Instant> now = made(of(context));
    before
        .filter(
            token -> now.flatMap(at -> made(token).filter(made -> isYoung(made, at))).isPresent())
        .ifPresent(
            token -> {
              leave(context);
              context.put(CSRFHandler.DEFAULT_HEADER_NAME, token);
            });
    context.next();
  }

  /** Whatever was wrong with the token, the form that is offered anew has another one. */
  private static boolean wasRefused(RoutingContext context) {
    return Asked.parameter(context, "notice").filter("stale"::equals).isPresent();
  }

  private static boolean isYoung(Instant made, Instant now) {
    return !made.isAfter(now) && made.isAfter(now.minus(YOUNG));
  }

  /** Who writes a token of their own gets no further with it: forms check the signature. */
  private static Optional<Instant> made(String token) {
    Matcher parts = TOKEN.matcher(token);
    return parts.matches()
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(parts.group(1))))
        : Optional.empty();
  }
}
