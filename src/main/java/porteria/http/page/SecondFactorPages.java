package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import porteria.http.door.ClientAddress;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.identity.SecondFactor;
import porteria.identity.TotpOffer;

/** Where people add one-time codes to their own password. */
public final class SecondFactorPages {

  static final String PAGE = "/account";

  private static final String OFFER = PAGE + "/offer";
  private static final String CONFIRM = PAGE + "/confirm";

  private final Pages pages;
  private final StaffPages staff;
  private final SecondFactor secondFactor;

  public SecondFactorPages(Pages pages, StaffPages staff, HttpServices services) {
    this.pages = pages;
    this.staff = staff;
    this.secondFactor = services.secondFactor();
  }

  public void mount(Router router) {
    pages.page(router, PAGE).handler(context -> staff.showOwn(context, this::show));
    staff.form(router, OFFER, PAGE, context -> staff.showOwn(context, this::offer));
    staff.form(router, CONFIRM, PAGE, context -> staff.showOwn(context, this::confirm));
    // Who reloads or comes back begins anew: secrets are shown once.
    router.get(OFFER).handler(context -> Pages.redirect(context, PAGE));
    router.get(CONFIRM).handler(context -> Pages.redirect(context, PAGE));
  }

  private Future<Void> show(Visit visit) {
    return secondFactor
        .isConfirmed(visit.viewer())
        .map(
            confirmed -> {
              Map<String, Object> model = new HashMap<>();
              model.put("state", confirmed ? "confirmed" : "none");
              Notices.text(visit.context(), staff.texts(visit), "account")
                  .ifPresent(said -> model.put("notice", said));
              render(visit, model);
              return null;
            });
  }

  /** The secret stands on the page that answers, and nowhere else. */
  private Future<Void> offer(Visit visit) {
    return secondFactor
        .offer(visit.viewer())
        .<Void>map(
            offer -> {
              render(visit, offered(offer));
              return null;
            })
        .recover(error -> refused(visit, error));
  }

  private static Map<String, Object> offered(TotpOffer offer) {
    Map<String, Object> model = new HashMap<>();
    model.put("state", "offered");
    model.put("qr", QrDrawing.of(offer.uri().toString()));
    model.put("secret", offer.secret().replaceAll("(.{4})(?=.)", "$1 "));
    return model;
  }

  /** All sessions of before have ended; the browser goes on in a new one. */
  private Future<Void> confirm(Visit visit) {
    RoutingContext context = visit.context();
    return secondFactor
        .confirmPages(
            visit.viewer(),
            Asked.line(context, "totp").orElse(""),
            ClientAddress.of(context),
            Pages.devices(context))
        .<Void>map(
            confirmed -> {
              pages.keep(context, confirmed.signedIn());
              staff.render(visit, "recovery_codes", Map.of("codes", confirmed.recoveryCodes()));
              return null;
            })
        .recover(error -> refused(visit, error));
  }

  /** What the app was shown stays good, so a code that was mistyped is asked for again. */
  private Future<Void> refused(Visit visit, Throwable error) {
    String reason = Notices.reason(visit.context(), error);
    if (!reason.equals("invalid")) {
      Pages.redirect(visit.context(), PAGE + "?notice=" + reason);
      return Future.succeededFuture();
    }
    visit.context().response().setStatusCode(422);
    Map<String, Object> model = new HashMap<>();
    model.put("state", "mistyped");
    render(visit, model);
    return Future.succeededFuture();
  }

  private void render(Visit visit, Map<String, Object> model) {
    model.put("enrolling", visit.viewer().enrolling());
    staff.render(visit, "account", model);
  }
}
