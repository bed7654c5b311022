package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.http.door.RequestIds;
import porteria.storage.ViewLeave;

/** What a page says became of a form. Its address names it; the words are ours alone. */
final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  private Notices() {}

  /**
   * What the address asks a page to say, if there are words for it.
   *
   * @param page whose words come before those that all pages have
   */
  static Optional<String> text(RoutingContext context, Map<String, String> texts, String page) {
    return Asked.parameter(context, "notice")
        .flatMap(
            given ->
                Optional.ofNullable(texts.get(page + ".notice." + given))
                    .or(() -> Optional.ofNullable(texts.get("notice." + given))));
  }

  /**
   * Leads from a form back to its page, which says what came of it.
   *
   * @param done what it says when all went well
   * @param page address, with a query or without
   */
  static void lead(RoutingContext context, Future<?> act, String done, String page) {
    act.map(done)
        .otherwise(error -> reason(context, error))
        .onSuccess(
            notice ->
                Pages.redirect(
                    context, page + (page.indexOf('?') < 0 ? "?" : "&") + "notice=" + notice));
  }

  /** Leads to another page when what a page was to show is not there; any other failure stays. */
  static Future<Void> leadAway(RoutingContext context, Throwable error, String page) {
    if (error instanceof FailureException known
        && known.failure().kind() == Failure.Kind.NOT_FOUND) {
      Pages.redirect(context, page + "?notice=gone");
      return Future.succeededFuture();
    }
    return Future.failedFuture(error);
  }

  /**
   * Leads to a file itself, by an address that is good for a moment.
   *
   * @param page to which it leads when there is no such file
   */
  static Future<Void> leadTo(RoutingContext context, Future<ViewLeave> leave, String page) {
    return leave
        .<Void>compose(
            given -> {
              context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
              Pages.redirect(context, given.url().toString());
              return Future.succeededFuture();
            })
        .recover(error -> leadAway(context, error, page));
  }

  /** Which words say why a form came to nothing. */
  static String reason(RoutingContext context, Throwable error) {
    note(context, error);
    if (error instanceof FailureException known) {
      return switch (known.failure().kind()) {
        case FORBIDDEN, UNAUTHENTICATED -> "forbidden";
        case NOT_FOUND -> "gone";
        case CONFLICT -> "conflict";
        case INVALID_REQUEST -> "invalid";
        default -> "failed";
      };
    }
    return "failed";
  }

  /** Writes down what is not the fault of whoever sent the form. */
  static void note(RoutingContext context, Throwable error) {
    if (!(error instanceof FailureException known) || known.failure().kind().status() >= 500) {
      LOG.error("request {} failed", RequestIds.of(context), error);
    }
  }
}
