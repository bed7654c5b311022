package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.Subscription;
import porteria.bus.Unsubscribe;
import porteria.bus.ViewSubscription;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.UnsubscribeTokens;
import porteria.http.door.Admission;
import porteria.http.door.SecurityHeaders;

/**
 * The link to unsubscribe that mails carry. A mail program posts to it with one click (RFC 8058),
 * without cookies and without a form of ours; a person who opens it is asked first, for whoever
 * looks at links before people do must not unsubscribe them.
 */
public final class UnsubscribePages {

  private static final String PATH = "/unsubscribe/:token";
  private static final String FIELD = "List-Unsubscribe";
  private static final String ONE_CLICK = "One-Click";
  private static final int MAX_FORM_BYTES = 4_096;

  private static final SecurityPolicyHandler PAGE = SecurityHeaders::forPage;

  private final Admission admission;
  private final UnsubscribeTokens tokens;
  private final Bus bus;
  private final Pages pages;
  private final Messages messages = Messages.load();

  public UnsubscribePages(Admission admission, UnsubscribeTokens tokens, Bus bus, Pages pages) {
    this.admission = admission;
    this.tokens = tokens;
    this.bus = bus;
    this.pages = pages;
  }

  public void mount(Router router) {
    router.get(PATH).handler(PAGE).handler(this::show);
    router
        .post(PATH)
        .handler(PAGE)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_FORM_BYTES))
        .handler(this::end);
  }

  private void show(RoutingContext context) {
    answer(
        context,
        mail -> bus.request(Addresses.NOTIFICATION_SUBSCRIPTION, new ViewSubscription(mail)),
        found -> found.active() ? "ask" : "already");
  }

  private void end(RoutingContext context) {
    if (!ONE_CLICK.equals(context.request().getFormAttribute(FIELD))) {
      context.fail(400);
      return;
    }
    answer(
        context,
        mail -> bus.request(Addresses.NOTIFICATION_UNSUBSCRIBE, new Unsubscribe(mail)),
        found -> found.active() ? "done" : "already");
  }

  private void answer(
      RoutingContext context,
      Function<UUID, Future<Subscription>> asking,
      Function<Subscription, String> state) {
    admission
        .countAddress(context)
        .compose(
            counted -> token(context).map(asking).orElseGet(() -> Future.failedFuture(unknown())))
        .onSuccess(found -> render(context, Optional.of(found), state.apply(found)))
        .onFailure(error -> refuse(context, error));
  }

  private Optional<UUID> token(RoutingContext context) {
    return tokens.read(Objects.requireNonNullElse(context.pathParam("token"), ""));
  }

  private static FailureException unknown() {
    return Failure.of(Failure.Kind.NOT_FOUND, "There is no such mail.").asException();
  }

  private void refuse(RoutingContext context, Throwable error) {
    if (error instanceof FailureException known
        && known.failure().kind() == Failure.Kind.NOT_FOUND) {
      context.response().setStatusCode(404);
      render(context, Optional.empty(), "unknown");
    } else {
      context.fail(error);
    }
  }

  /** The address of the page is the link itself: it is told to nobody. */
  private void render(RoutingContext context, Optional<Subscription> found, String state) {
    context
        .response()
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader(HttpHeaders.VARY, "Accept-Language");
    Map<String, Object> model = new HashMap<>(Map.of("state", state));
    found.ifPresent(mail -> model.put("school", mail.school()));
    pages.render(
        context,
        "unsubscribe",
        found
            .map(mail -> messages.in(mail.language()))
            .orElseGet(() -> messages.preferred(context)),
        model);
  }
}
