package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditActor;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.http.door.Access;
import porteria.http.door.Admission;
import porteria.http.door.Caller;
import porteria.http.door.ClientAddress;
import porteria.http.door.HttpServices;
import porteria.http.door.RequestIds;
import porteria.identity.ParentDirectory;
import porteria.identity.ParentDirectory.Child;
import porteria.identity.ParentDirectory.Guardian;
import porteria.identity.ParentSession;

/**
 * What all pages of families share: which guardian looks, at which of their children, in their
 * language. Who has no session of the school that the address names is led to its door.
 */
final class FamilyVisits {

  private static final Logger LOG = LoggerFactory.getLogger(FamilyVisits.class);

  private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{2,40}");
  private static final String ROOT = "/p/:school";

  private final Pages pages;
  private final Access access;
  private final Admission admission;
  private final ParentDirectory directory;
  private final InstantSource clock;
  private final Messages messages = Messages.load();

  FamilyVisits(Pages pages, Access access, Admission admission, HttpServices services) {
    this.pages = pages;
    this.access = access;
    this.admission = admission;
    this.directory = services.parents().directory();
    this.clock = services.clock();
  }

  /**
   * A guardian who looks at a page.
   *
   * @param child of whom the page tells: the one it was asked about, else the first
   * @param texts of the guardian's language
   */
  record Visit(
      RoutingContext context,
      ParentSession session,
      Guardian guardian,
      List<Child> children,
      Optional<Child> child,
      Map<String, String> texts,
      Phrases phrases,
      Instant now) {

    UUID schoolId() {
      return session.schoolId();
    }

    UUID guardianId() {
      return session.guardianId();
    }

    /** The address of a page of this family, such as {@code /days}, about the same child. */
    String page(String path) {
      return "/p/" + guardian.slug() + path + child.map(shown -> "?child=" + shown.id()).orElse("");
    }
  }

  /** Shows something to one guardian, or does what they ask for. */
  interface Shown {
    Future<Void> show(Visit visit);
  }

  /** A page under the school's own address. */
  void page(Router router, String path, Shown shown) {
    pages.page(router, ROOT + path).handler(context -> enter(context, shown));
  }

  /** A form of the page at {@code back}, which is shown again when the form is not read. */
  void form(Router router, String path, String back, Shown act) {
    take(pages.form(router, ROOT + path), act);
    router.post(ROOT + path).order(-1).failureHandler(context -> leadBack(context, back));
  }

  /**
   * A form with a file. Nothing of it is read before it is known who sends it.
   *
   * @param anew offers it again when it was not read
   */
  void upload(Router router, String path, int mostBytes, Shown act, Anew anew) {
    router.post(ROOT + path).order(-1).failureHandler(anew::offer);
    router.post(ROOT + path).handler(this::hold);
    take(pages.upload(router, ROOT + path, mostBytes), act);
  }

  private void take(Route route, Shown act) {
    route.handler(
        context ->
            enter(
                context,
                visit ->
                    admission
                        .admit(context, new Caller.Parent(visit.session()))
                        .compose(admitted -> act.show(visit))));
  }

  /** Lets the body wait; what of it nobody has read when the answer is sent is dropped. */
  private void hold(RoutingContext context) {
    context.request().pause();
    context.addEndHandler(answered -> context.request().resume());
    access
        .parentSession(context)
        .onSuccess(
            session -> {
              if (session.isPresent()) {
                context.next();
              } else {
                Pages.redirect(context, "/p/" + slug(context));
              }
            })
        .onFailure(context::fail);
  }

  /** Leads to the page of a form that was not read. */
  static void leadBack(RoutingContext context, String back) {
    String why =
        switch (context.statusCode()) {
          case 403 -> "stale";
          case 413 -> "too-large";
          default -> "unavailable";
        };
    if (context.statusCode() >= 500) {
      LOG.error("request {} failed", RequestIds.of(context), context.failure());
    }
    Pages.redirect(context, "/p/" + slug(context) + back + "?notice=" + why);
  }

  /** Offers a form again that was refused before it was read. */
  interface Anew {
    void offer(RoutingContext context);
  }

  private void enter(RoutingContext context, Shown shown) {
    find(context)
        .compose(
            visit -> {
              if (visit.isPresent()) {
                return shown.show(visit.get());
              }
              Pages.redirect(context, "/p/" + slug(context));
              return Future.succeededFuture();
            })
        .onFailure(error -> pages.trouble(context, error));
  }

  /** Whoever looks; empty when it is nobody with a session of this school. */
  Future<Optional<Visit>> find(RoutingContext context) {
    return access
        .parentSession(context)
        .compose(
            session ->
                session
                    .map(open -> find(context, open))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  private Future<Optional<Visit>> find(RoutingContext context, ParentSession session) {
    Future<Guardian> guardian = directory.find(session);
    Future<List<Child>> children = directory.children(session);
    return Future.all(guardian, children)
        .map(
            read ->
                Optional.of(guardian.result())
                    .filter(known -> known.slug().equals(slug(context)))
                    .map(known -> visit(context, session, known, children.result())))
        .recover(FamilyVisits::gone);
  }

  /** A session that ended just now is none. */
  private static Future<Optional<Visit>> gone(Throwable error) {
    return error instanceof FailureException known
            && known.failure().kind() == Failure.Kind.UNAUTHENTICATED
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(error);
  }

  private Visit visit(
      RoutingContext context, ParentSession session, Guardian guardian, List<Child> children) {
    Map<String, String> texts = messages.in(guardian.language());
    Optional<UUID> wanted =
        Asked.id(context, "child").or(() -> Asked.field(context, "child").map(Asked::uuid));
    Optional<Child> child =
        children.stream()
            .filter(each -> wanted.filter(each.id()::equals).isPresent())
            .findFirst()
            .or(() -> children.stream().findFirst());
    Instant now = clock.instant();
    return new Visit(
        context,
        session,
        guardian,
        children,
        child,
        texts,
        new Phrases(texts, guardian.zone(), now),
        now);
  }

  /** Answers with a page that knows the family, and this. */
  void render(Visit visit, String page, Map<String, Object> model) {
    Map<String, Object> data = new HashMap<>(model);
    data.put("school", visit.guardian().school());
    data.put("slug", visit.guardian().slug());
    data.put("guardian", visit.guardian().name());
    data.put("children", visit.children().stream().map(FamilyVisits::model).toList());
    visit.child().ifPresent(child -> data.put("child", model(child)));
    Notices.text(visit.context(), visit.texts(), "family")
        .ifPresent(notice -> data.putIfAbsent("notice", notice));
    pages.render(visit.context(), page, visit.texts(), data);
  }

  private static Map<String, Object> model(Child child) {
    return Map.of(
        "id", child.id().toString(),
        "name", child.name(),
        "firstName", child.name().split(" ", 2)[0],
        "course", child.course());
  }

  /** As the audit trail names who looks. */
  static AuditActor actor(Visit visit) {
    return new AuditActor(
        AuditActor.Kind.GUARDIAN,
        Optional.of(visit.guardianId()),
        Optional.empty(),
        Optional.of(ClientAddress.of(visit.context())));
  }

  /** The school's short name in the address; one that cannot be is nobody's. */
  static String slug(RoutingContext context) {
    String given = Objects.requireNonNullElse(context.pathParam("school"), "");
    return SLUG.matcher(given).matches() ? given : "-";
  }
}
