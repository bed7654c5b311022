package porteria.http.page;

import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CSRFHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  private final CSRFHandler tokens;
  private final InstantSource clock;

  /**
   * Makes tokens and checks them.
   *
   * @param key with which they are signed
   * @param https whether the cookie goes over TLS alone
   * @param clock the machine's own, for so the handler's tokens are dated
   */
  FormTokens(Vertx vertx, String key, boolean https, InstantSource clock) {
    this.clock = clock;
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

  /** Gives a page its token. */
  Route give(Route route) {
    return route.handler(
        context -> {
          Optional<String> kept =
              Optional.ofNullable(context.request().getCookie(CSRFHandler.DEFAULT_COOKIE_NAME))
                  .map(Cookie::getValue)
                  .filter(token -> isYoung(token) && !wasRefused(context));
          if (kept.isPresent()) {
            context.put(CSRFHandler.DEFAULT_HEADER_NAME, kept.get());
            context.next();
          } else {
            tokens.handle(context);
          }
        });
  }

  /** Lets a form pass that carries its token; the token stays good for those beside it. */
  Route take(Route route) {
    return route.handler(tokens).handler(this::keep);
  }

  /** The same of a form by which somebody comes or goes: from then on the token is another. */
  Route takeLast(Route route) {
    return route.handler(tokens);
  }

  /** The form's own, for it was the cookie's too: where a new cookie is set, only that is told. */
  private void keep(RoutingContext context) {
    Optional.ofNullable(context.request().getHeader(CSRFHandler.DEFAULT_HEADER_NAME))
        .or(() -> Asked.field(context, CSRFHandler.DEFAULT_HEADER_NAME))
        .filter(this::isYoung)
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

  /** Who writes a token of their own gets no further with it: forms check the signature. */
  private boolean isYoung(String token) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return false;
    }
    Instant made = Instant.ofEpochMilli(Long.parseLong(parts.group(1)));
    Instant now = clock.instant();
    return !made.isAfter(now) && made.isAfter(now.minus(YOUNG));
  }
}
