package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import porteria.audit.AuditActor;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.http.door.Access;
import porteria.http.door.Admission;
import porteria.http.door.ClientAddress;
import porteria.http.door.HttpServices;
import porteria.http.door.ParentServices;
import porteria.http.page.FamilyVisits.Visit;
import porteria.identity.AccessToken;
import porteria.identity.ParentSession;
import porteria.identity.SchoolDirectory;
import porteria.roster.ContactSuppressions;

/**
 * How guardians come in by a browser, see their children, and leave. A GET changes nothing, so that
 * those who look at links before people do spend none.
 *
 * <p>Each school has an address of its own, {@code /p/<slug>}, and a session's cookie goes there
 * alone: who is a guardian at two schools has two sessions side by side, and neither page ever gets
 * the other's.
 */
public final class ParentPages {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{2,40}");
  private static final int LONGEST_CONTACT = 254;

  /** What the address may ask a page to say; nothing else is repeated from it. */
  private static final Map<String, String> NOTICES =
      Map.of("sent", "parent.sent", "stale", "parent.stale", "unavailable", "parent.unavailable");

  private static final Map<Failure.Kind, Problem> PROBLEMS =
      Map.of(
          Failure.Kind.UNAUTHENTICATED, new Problem(401, "parent.failed"),
          Failure.Kind.TOO_MANY_REQUESTS, new Problem(429, "parent.slow-down"));

  private final Access access;
  private final Admission admission;
  private final ParentServices parents;
  private final SchoolDirectory schools;
  private final Pages pages;
  private final ContactSuppressions suppressions;
  private final FamilyVisits visits;
  private final FamilyPage today;
  private final FamilyDays days;
  private final FamilySettings choices;
  private final FamilyPrivacy privacy;
  private final FamilyAbsencePages absences;
  private final Messages messages = Messages.load();

  private record Problem(int status, String text) {}

  /**
   * The pages of guardians.
   *
   * @param pages what they have in common with those of staff
   */
  public ParentPages(Access access, Admission admission, HttpServices services, Pages pages) {
    this.access = access;
    this.admission = admission;
    this.parents = services.parents();
    this.schools = services.schools();
    this.pages = pages;
    this.suppressions = services.roster().suppressions();
    this.visits = new FamilyVisits(pages, access, admission, services);
    this.today = new FamilyPage(visits, suppressions, services.bus());
    this.days = new FamilyDays(visits, services);
    this.choices = new FamilySettings(visits, services);
    this.privacy = new FamilyPrivacy(visits, services);
    this.absences = new FamilyAbsencePages(visits, services);
  }

  public void mount(Router router) {
    pages.page(router, "/p").handler(context -> showDoor(context, Map.of()));
    pages.page(router, "/p/:school").handler(this::show);
    pages.form(router, "/p/link").handler(this::ask);
    pages.turn(router, "/p/session").handler(this::open);
    pages.turn(router, "/p/:school/logout").handler(this::close);
    visits.form(router, "/resume", "", this::resume);
    days.mount(router);
    choices.mount(router);
    privacy.mount(router);
    absences.mount(router);
    Pages.offerAnew(router, "/p/*", "/p");
  }

  private void show(RoutingContext context) {
    String slug = school(context);
    visits
        .find(context)
        .compose(
            visit ->
                visit.isPresent()
                    ? today.show(visit.get())
                    : schools
                        .name(slug)
                        .<Void>map(
                            name -> {
                              showDoor(context, slug, name);
                              return null;
                            }))
        .onFailure(error -> pages.trouble(context, error));
  }

  private void showDoor(RoutingContext context, String slug, Optional<String> school) {
    if (school.isPresent()) {
      showDoor(context, Map.of("slug", slug, "school", school.get()));
    } else {
      Pages.redirect(context, "/p");
    }
  }

  /** Where who has no session opens a link, or asks for one. */
  private void showDoor(RoutingContext context, Map<String, String> more) {
    Map<String, Object> model = new HashMap<>(more);
    Optional.ofNullable(NOTICES.get(context.request().getParam("notice", "")))
        .ifPresent(notice -> model.put("notice", notice));
    pages.render(context, "parent_link", messages.preferred(context), model);
  }

  /** Says the same of every contact, before anything is looked up. */
  private void ask(RoutingContext context) {
    String school = field(context, "school").strip();
    String contact = field(context, "contact").strip();
    admission
        .countAddress(context)
        .onSuccess(
            counted -> {
              boolean known = SLUG.matcher(school).matches();
              if (known && !contact.isEmpty() && contact.length() <= LONGEST_CONTACT) {
                parents.links().request(school, contact, ClientAddress.of(context));
              }
              Pages.redirect(context, (known ? "/p/" + school : "/p") + "?notice=sent");
            })
        .onFailure(error -> refuse(context, error));
  }

  private void open(RoutingContext context) {
    AuditActor visitor = actor(context, AuditActor.Kind.ANONYMOUS, Optional.empty());
    admission
        .countAddress(context)
        .compose(counted -> parents.redemption().redeem(field(context, "token"), visitor))
        .compose(
            session ->
                parents
                    .directory()
                    .find(session)
                    .onSuccess(
                        guardian ->
                            enter(context, guardian.slug(), parents.tokens().issue(session))))
        .onFailure(error -> refuse(context, error));
  }

  private void enter(RoutingContext context, String slug, AccessToken token) {
    context.response().addCookie(cookie(slug, token.value(), token.life().toSeconds()));
    Pages.redirect(context, "/p/" + slug);
  }

  private void refuse(RoutingContext context, Throwable error) {
    Failure.Kind kind =
        error instanceof FailureException known ? known.failure().kind() : Failure.Kind.INTERNAL;
    Problem problem = PROBLEMS.getOrDefault(kind, new Problem(503, "parent.unavailable"));
    String slug = field(context, "school");
    schools
        .name(slug)
        .otherwise(Optional.empty())
        .onSuccess(
            school -> {
              context.response().setStatusCode(problem.status());
              Map<String, String> model = new HashMap<>(Map.of("error", problem.text()));
              school.ifPresent(name -> model.putAll(Map.of("slug", slug, "school", name)));
              showDoor(context, model);
            });
  }

  private void close(RoutingContext context) {
    String slug = school(context);
    access
        .parentSession(context)
        .compose(
            session -> session.map(open -> end(context, open)).orElseGet(Future::succeededFuture))
        .onSuccess(
            ended -> {
              context.response().addCookie(cookie(slug, "", 0));
              Pages.redirect(context, "/p/" + slug);
            })
        .onFailure(context::fail);
  }

  /** Writes again to where it was asked to stop. */
  private Future<Void> resume(Visit visit) {
    UUID contact = Asked.uuid(Asked.field(visit.context(), "contact").orElse(""));
    Notices.lead(
        visit.context(),
        suppressions.resume(
            visit.schoolId(), visit.guardianId(), contact, FamilyVisits.actor(visit)),
        "resumed",
        visit.page(""));
    return Future.succeededFuture();
  }

  private Future<Void> end(RoutingContext context, ParentSession session) {
    AuditActor guardian =
        actor(context, AuditActor.Kind.GUARDIAN, Optional.of(session.guardianId()));
    return parents.sessions().end(session, false, guardian);
  }

  private static AuditActor actor(RoutingContext context, AuditActor.Kind kind, Optional<UUID> id) {
    return new AuditActor(kind, id, Optional.empty(), Optional.of(ClientAddress.of(context)));
  }

  private static String school(RoutingContext context) {
    return Objects.requireNonNullElse(context.pathParam("school"), "");
  }

  private static String field(RoutingContext context, String name) {
    return Objects.requireNonNullElse(context.request().getFormAttribute(name), "");
  }

  private Cookie cookie(String slug, String value, long lifeSeconds) {
    return pages.cookie(Access.PARENT_COOKIE, value, lifeSeconds).setPath("/p/" + slug);
  }
}
