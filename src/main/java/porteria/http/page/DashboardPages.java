package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import porteria.bus.Addresses;
import porteria.bus.AlarmsReleased;
import porteria.bus.Bus;
import porteria.bus.ReleaseAlarms;
import porteria.domain.Role;
import porteria.http.page.StaffPages.Visit;

/** The day as it goes, and the director's word on alarms that wait for a dark gate. */
public final class DashboardPages {

  private static final String DASHBOARD = "/dashboard";

  private final Pages pages;
  private final StaffPages staff;
  private final Bus bus;

  public DashboardPages(Pages pages, StaffPages staff, Bus bus) {
    this.pages = pages;
    this.staff = staff;
    this.bus = bus;
  }

  public void mount(Router router) {
    staff.page(router, DASHBOARD, this::show);
    pages.form(router, "/alarms/release").handler(this::release);
  }

  private Future<Void> show(Visit visit) {
    staff.render(visit, "dashboard", Map.of("schoolId", visit.viewer().schoolId().toString()));
    return Future.succeededFuture();
  }

  private void release(RoutingContext context) {
    staff
        .acting(context, Role.DIRECTOR)
        .compose(by -> bus.request(Addresses.ALARMS_RELEASE, new ReleaseAlarms(by)))
        .onSuccess(released -> answer(context, released))
        .onFailure(context::fail);
  }

  /**
   * A script asks for the result; a form without one goes back to the dashboard, which shows it.
   */
  private static void answer(RoutingContext context, AlarmsReleased released) {
    if ("application/json".equals(context.request().getHeader(HttpHeaders.ACCEPT))) {
      context.json(
          new JsonObject().put("raised", released.raised()).put("dropped", released.dropped()));
    } else {
      Pages.redirect(context, DASHBOARD);
    }
  }
}
