package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import porteria.audit.AuditActor;
import porteria.bus.ByStaff;
import porteria.domain.Failure;
import porteria.domain.Role;
import porteria.http.door.Access;
import porteria.http.door.ClientAddress;
import porteria.identity.SchoolDirectory;
import porteria.identity.StaffSession;

/** What all pages of staff share: who looks at them, whose school they show, and who acts. */
public final class StaffPages {

  private final Pages pages;
  private final Access access;
  private final SchoolDirectory schools;
  private final Messages messages = Messages.load();

  /** Pages for those who signed in at {@link Pages}. */
  public StaffPages(Pages pages, Access access, SchoolDirectory schools) {
    this.pages = pages;
    this.access = access;
    this.schools = schools;
  }

  /** Who looks at which school. */
  record Visit(RoutingContext context, StaffSession viewer, SchoolDirectory.School school) {}

  /** Shows something of one school to one person. */
  interface Shown {
    Future<Void> show(Visit visit);
  }

  /** A page for all staff from inspectors on; who has not signed in is led to do so. */
  void page(Router router, String path, Shown shown) {
    page(router, path, Role.INSPECTOR, shown);
  }

  /** A page for staff whose role includes the least; it is forbidden to others. */
  void page(Router router, String path, Role least, Shown shown) {
    pages.page(router, path).handler(context -> show(context, least, shown));
  }

  /** What a page leads to or a script asks for beside it; the page's forms stay good. */
  void part(Router router, String path, Shown shown) {
    part(router, path, Role.INSPECTOR, shown);
  }

  /** The same for staff whose role includes the least. */
  void part(Router router, String path, Role least, Shown shown) {
    router.get(path).handler(Pages.PAGE).handler(context -> show(context, least, shown));
  }

  /** Shows a page, or answers a form with one, if the role of whoever asks includes the least. */
  void show(RoutingContext context, Role least, Shown shown) {
    pages
        .viewer(context)
        .compose(viewer -> admit(context, viewer, least, shown))
        .onFailure(error -> pages.trouble(context, error));
  }

  /** Who signed in and has yet to enrol a second factor is led there, others to sign in. */
  private Future<Void> leadIn(RoutingContext context) {
    return pages
        .person(context)
        .map(
            person -> {
              Pages.redirect(context, person.isPresent() ? SecondFactorPages.PAGE : "/login");
              return null;
            });
  }

  /** Shows to a person what is theirs alone, even before they have enrolled a second factor. */
  void showOwn(RoutingContext context, Shown shown) {
    pages
        .person(context)
        .compose(person -> admit(context, person, Role.INSPECTOR, shown))
        .onFailure(error -> pages.trouble(context, error));
  }

  private Future<Void> admit(
      RoutingContext context, Optional<StaffSession> viewer, Role least, Shown shown) {
    if (viewer.isEmpty()) {
      return leadIn(context);
    }
    if (!viewer.get().role().includes(least)) {
      return Future.failedFuture(forbidden());
    }
    return schools
        .find(viewer.get().schoolId())
        .compose(school -> shown.show(new Visit(context, viewer.get(), school)));
  }

  /** The page's texts, in the school's language. */
  Map<String, String> texts(Visit visit) {
    return messages.in(visit.school().language());
  }

  /** Answers with a page that knows its school, who looks at it, and this. */
  void render(Visit visit, String page, Map<String, Object> model) {
    Map<String, Object> data = new HashMap<>(model);
    data.put(
        "school", Map.of("name", visit.school().name(), "timezone", visit.school().zone().getId()));
    Role role = visit.viewer().role();
    data.put(
        "user",
        Map.of(
            "name",
            visit.viewer().name(),
            "role",
            role.name(),
            "directs",
            role.includes(Role.DIRECTOR),
            "administers",
            role.includes(Role.ADMIN)));
    pages.render(visit.context(), page, texts(visit), data);
  }

  /** Takes a form; see {@link Pages#form}. */
  void form(Router router, String path, String page, Act act) {
    pages.form(router, path).handler(act::take);
    Pages.offerAnew(router, path, page);
  }

  /** Does what a form asks for, and answers it. */
  interface Act {
    void take(RoutingContext context);
  }

  /** Who sent a form, and of which school; fails with FORBIDDEN where their role is too small. */
  Future<Visit> visiting(RoutingContext context, Role least) {
    return pages
        .viewer(context)
        .map(
            viewer ->
                viewer
                    .filter(known -> known.role().includes(least))
                    .orElseThrow(StaffPages::forbidden))
        .compose(
            viewer ->
                schools.find(viewer.schoolId()).map(school -> new Visit(context, viewer, school)));
  }

  /** Who acts, if their role includes the least that may; else fails with FORBIDDEN. */
  Future<ByStaff> acting(RoutingContext context, Role least) {
    return access
        .session(context)
        .map(
            session ->
                session
                    .filter(known -> known.role().includes(least))
                    .map(known -> by(context, known))
                    .orElseThrow(StaffPages::forbidden));
  }

  /** Who looks at a page that cannot be seen without a trace. */
  static ByStaff by(Visit visit) {
    return by(visit.context(), visit.viewer());
  }

  private static ByStaff by(RoutingContext context, StaffSession known) {
    return new ByStaff(
        known.schoolId(), known.staffId(), known.role(), Optional.of(ClientAddress.of(context)));
  }

  /** The same as the audit trail names them. */
  static AuditActor actor(ByStaff by) {
    return AuditActor.staff(by.staffId(), by.role(), by.ip());
  }

  private static RuntimeException forbidden() {
    return Failure.of(Failure.Kind.FORBIDDEN, "Your role does not allow this.").asException();
  }
}
