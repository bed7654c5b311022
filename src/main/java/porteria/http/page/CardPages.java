package porteria.http.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import porteria.http.door.Admission;
import porteria.http.door.SecurityHeaders;
import porteria.tag.FoundCards;

/**
 * What opens when somebody reads a card they found: whom to give it back to. Nothing about the
 * pupil, and no word on whether the card is good; a card nobody knows opens the same page without a
 * school. No cookies.
 */
public final class CardPages {

  private static final SecurityPolicyHandler PAGE = SecurityHeaders::forPage;

  private final Admission admission;
  private final FoundCards cards;
  private final Pages pages;
  private final Messages messages = Messages.load();

  public CardPages(Admission admission, FoundCards cards, Pages pages) {
    this.admission = admission;
    this.cards = cards;
    this.pages = pages;
  }

  public void mount(Router router) {
    router.get("/t/:token").handler(PAGE).handler(this::show);
  }

  private void show(RoutingContext context) {
    admission
        .countAddress(context)
        .compose(admitted -> cards.find(token(context)))
        .onSuccess(school -> show(context, school))
        .onFailure(context::fail);
  }

  /** The address of the page is the card: it is told to nobody. */
  private void show(RoutingContext context, Optional<FoundCards.School> school) {
    context
        .response()
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader(HttpHeaders.VARY, "Accept-Language");
    pages.render(context, "found-card", messages.preferred(context), model(school));
  }

  private static String token(RoutingContext context) {
    return Objects.requireNonNullElse(context.pathParam("token"), "");
  }

  private static Map<String, Object> model(Optional<FoundCards.School> found) {
    Map<String, Object> model = new HashMap<>();
    found.ifPresent(
        school -> {
          model.put("school", school.name());
          school
              .phone()
              .ifPresent(
                  phone -> {
                    model.put("phone", phone);
                    model.put("dial", phone.replaceAll("[^+0-9]", ""));
                  });
        });
    return model;
  }
}
