package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import porteria.bus.Addresses;
import porteria.bus.AlarmsReleased;
import porteria.bus.Bus;
import porteria.bus.ByStaff;
import porteria.bus.ReleaseAlarms;
import porteria.domain.Failure;
import porteria.domain.Role;
import porteria.identity.StaffSession;

/** The director's click on the dashboard: alarms that are held back go out now. */
final class AlarmPages {

  private final Pages pages;
  private final Access access;
  private final Bus bus;

  AlarmPages(Pages pages, Access access, Bus bus) {
    this.pages = pages;
    this.access = access;
    this.bus = bus;
  }

  void mount(Router router) {
    pages.form(router, "/alarms/release").handler(this::release);
  }

  private void release(RoutingContext context) {
    access
        .session(context)
        .compose(
            session ->
                session
                    .filter(known -> known.role().includes(Role.DIRECTOR))
                    .map(director -> release(context, director))
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                Failure.of(Failure.Kind.FORBIDDEN, "Only the director may do this.")
                                    .asException())))
        .onSuccess(released -> answer(context, released))
        .onFailure(context::fail);
  }

  private Future<AlarmsReleased> release(RoutingContext context, StaffSession director) {
    ByStaff by =
        new ByStaff(
            director.schoolId(),
            director.staffId(),
            director.role(),
            Optional.of(ClientAddress.of(context)));
    return bus.request(Addresses.ALARMS_RELEASE, new ReleaseAlarms(by));
  }

  /**
   * A script asks for the result; a form without one goes back to the dashboard, which shows it.
   */
  private static void answer(RoutingContext context, AlarmsReleased released) {
    if ("application/json".equals(context.request().getHeader(HttpHeaders.ACCEPT))) {
      context.json(
          new JsonObject().put("raised", released.raised()).put("dropped", released.dropped()));
    } else {
      Pages.redirect(context, "/dashboard");
    }
  }
}
