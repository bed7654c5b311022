package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.absence.AbsenceDesk;
import porteria.absence.AbsenceRequest;
import porteria.absence.AbsenceType;
import porteria.absence.AbsenceWish;
import porteria.bus.Addresses;
import porteria.bus.AlarmsReleased;
import porteria.bus.Bus;
import porteria.bus.ByStaff;
import porteria.bus.ReleaseAlarms;
import porteria.domain.Role;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;

/**
 * The day as it goes, the director's word on alarms that wait for a dark gate, and what staff know
 * of who is missing.
 */
public final class DashboardPages {

  private static final String DASHBOARD = "/dashboard";

  private final Pages pages;
  private final StaffPages staff;
  private final Bus bus;
  private final AbsenceDesk absences;
  private final InstantSource clock;

  public DashboardPages(Pages pages, StaffPages staff, HttpServices services) {
    this.pages = pages;
    this.staff = staff;
    this.bus = services.bus();
    this.absences = services.absences().desk();
    this.clock = services.clock();
  }

  public void mount(Router router) {
    staff.page(router, DASHBOARD, this::show);
    pages.form(router, "/alarms/release").handler(this::release);
    pages.form(router, "/missing/excuse").handler(this::excuse);
    pages.form(router, "/missing/restore").handler(this::restore);
  }

  private Future<Void> show(Visit visit) {
    staff.render(visit, "dashboard", Map.of("schoolId", visit.viewer().schoolId().toString()));
    return Future.succeededFuture();
  }

  private void release(RoutingContext context) {
    staff
        .acting(context, Role.DIRECTOR)
        .compose(
            by ->
                bus.request(
                    Addresses.ALARMS_RELEASE,
                    new ReleaseAlarms(by, Asked.field(context, "student_id").map(Asked::uuid))))
        .onSuccess(released -> answer(context, released))
        .onFailure(context::fail);
  }

  /** One tap excuses a pupil for the school's today; another takes it back. */
  private void excuse(RoutingContext context) {
    staff
        .visiting(context, Role.INSPECTOR)
        .compose(
            visit -> {
              LocalDate today = LocalDate.ofInstant(clock.instant(), visit.school().zone());
              ByStaff by = StaffPages.by(visit);
              return absences.excuse(
                  by.schoolId(),
                  new AbsenceWish(
                      named(context, "student_id"),
                      AbsenceType.OTHER,
                      today,
                      today,
                      Optional.empty()),
                  by.staffId(),
                  StaffPages.actor(by));
            })
        .onSuccess(made -> answer(context, made))
        .onFailure(context::fail);
  }

  private void restore(RoutingContext context) {
    staff
        .acting(context, Role.INSPECTOR)
        .compose(
            by ->
                absences.revoke(
                    by.schoolId(),
                    named(context, "absence_id"),
                    by.staffId(),
                    StaffPages.actor(by)))
        .onSuccess(revoked -> answer(context, revoked))
        .onFailure(context::fail);
  }

  private static UUID named(RoutingContext context, String field) {
    return Asked.uuid(Asked.field(context, field).orElse(""));
  }

  private static void answer(RoutingContext context, AbsenceRequest request) {
    context.json(
        new JsonObject()
            .put("absence_id", request.id().toString())
            .put("status", request.status().name()));
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
