package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.audit.AuditLog;
import porteria.audit.AuditPage;
import porteria.audit.AuditQuery;
import porteria.audit.StoredEntry;
import porteria.bus.Addresses;
import porteria.bus.BroadcastPage;
import porteria.bus.BroadcastView;
import porteria.bus.Bus;
import porteria.bus.FindBroadcasts;
import porteria.bus.MessagePreviews;
import porteria.bus.ViewBroadcast;
import porteria.domain.BroadcastStatus;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.Role;
import porteria.http.door.Cursors;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.identity.StaffAccounts;
import porteria.identity.StaffRecord;

/** The broadcasts of a school: which there were, whom one would reach, how far one has come. */
public final class BroadcastPages {

  static final String LIST = "/broadcasts";
  static final String ONE = "/broadcasts/:id";

  private static final int PAGE = 20;
  private static final int ACTS = 20;

  /** What the address may ask the page to say; nothing else is repeated from it. */
  private static final List<String> NOTICES =
      List.of(
          "stale",
          "failed",
          "gone",
          "changed",
          "expired",
          "refused",
          "scarce",
          "discarded",
          "retried",
          "left",
          "stopped",
          "unmeasured",
          "removed");

  private final Pages pages;
  private final StaffPages staff;
  private final Bus bus;
  private final AuditLog audit;
  private final StaffAccounts accounts;
  private final BroadcastWords words;
  private final BroadcastComposing composing;
  private final BroadcastActs acts;

  public BroadcastPages(Pages pages, StaffPages staff, HttpServices services) {
    this.pages = pages;
    this.staff = staff;
    this.bus = services.bus();
    this.audit = services.audit();
    this.accounts = services.accounts();
    this.words = new BroadcastWords(services.clock());
    this.composing = new BroadcastComposing(pages, staff, services, words);
    this.acts = new BroadcastActs(staff, bus, words);
  }

  public void mount(Router router) {
    staff.page(router, LIST, Role.DIRECTOR, this::list);
    composing.mount(router);
    staff.page(router, ONE, Role.DIRECTOR, this::one);
    staff.part(router, ONE + "/progress", Role.DIRECTOR, this::progress);
    router.get(ONE + "/mail").handler(this::mail);
    acts.mount(router);
  }

  private Future<Void> list(Visit visit) {
    Phrases phrases = words.phrases(visit, staff.texts(visit));
    UUID school = visit.viewer().schoolId();
    return bus.request(
            Addresses.BROADCAST_FIND,
            new FindBroadcasts(
                school, Asked.parameter(visit.context(), "cursor").map(Cursors::id), PAGE))
        .compose(page -> withProgress(school, page))
        .map(
            page -> {
              Map<String, Object> model = new HashMap<>();
              model.put(
                  "items", page.items().stream().map(each -> words.one(each, phrases)).toList());
              page.next().ifPresent(next -> model.put("next", Cursors.text(next)));
              notice(visit.context()).ifPresent(notice -> model.put("notice", notice));
              staff.render(visit, "broadcasts", model);
              return null;
            });
  }

  /** Of those on their way the list says how far they are. */
  private Future<BroadcastPage> withProgress(UUID school, BroadcastPage page) {
    List<Future<BroadcastView>> items =
        page.items().stream()
            .map(
                each ->
                    each.status() == BroadcastStatus.SENDING
                        ? bus.request(
                            Addresses.BROADCAST_VIEW, new ViewBroadcast(school, each.id()))
                        : Future.succeededFuture(each))
            .toList();
    return Future.all(items)
        .map(read -> new BroadcastPage(items.stream().map(Future::result).toList(), page.next()));
  }

  private Future<Void> one(Visit visit) {
    UUID school = visit.viewer().schoolId();
    return bus.request(Addresses.BROADCAST_VIEW, of(visit))
        .compose(
            view ->
                correction(school, view)
                    .compose(
                        correction ->
                            acts(visit).compose(history -> show(visit, view, correction, history))))
        .recover(
            error -> {
              if (isMissing(error)) {
                Pages.redirect(visit.context(), LIST + "?notice=gone");
                return Future.succeededFuture();
              }
              return Future.failedFuture(error);
            });
  }

  private Future<Void> show(
      Visit visit,
      BroadcastView view,
      Optional<UUID> correction,
      List<Map<String, Object>> history) {
    Phrases phrases = words.phrases(visit, staff.texts(visit));
    Map<String, Object> model = new HashMap<>();
    model.put("schoolId", visit.viewer().schoolId().toString());
    model.put("broadcast", words.one(view, phrases));
    model.put("history", history);
    correction.ifPresent(id -> model.put("correction", id.toString()));
    notice(visit.context()).ifPresent(notice -> model.put("notice", notice));
    return looks(visit, view, phrases)
        .map(
            look -> {
              model.putAll(look);
              staff.render(visit, "broadcast", model);
              return null;
            });
  }

  /** The preview while it may be sent, else what was read. */
  private Future<Map<String, Object>> looks(Visit visit, BroadcastView view, Phrases phrases) {
    if (words.state(view).equals("preview")) {
      return bus.request(Addresses.BROADCAST_PREVIEWED, of(visit))
          .map(
              preview ->
                  Map.of(
                      "preview",
                      words.preview(preview, phrases),
                      "samples",
                      words.samples(preview.sample(), phrases)));
    }
    return bus.request(Addresses.BROADCAST_SAMPLE, of(visit))
        .map(sample -> Map.of("samples", words.samples(sample.items(), phrases)));
  }

  /** The preview that takes back what was told, if there is one; it is not much younger. */
  private Future<Optional<UUID>> correction(UUID school, BroadcastView view) {
    if (view.status() != BroadcastStatus.CANCELLED || view.exceptionId().isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return bus.request(Addresses.BROADCAST_FIND, new FindBroadcasts(school, Optional.empty(), PAGE))
        .map(
            page ->
                page.items().stream()
                    .filter(each -> each.corrects().filter(view.id()::equals).isPresent())
                    .map(BroadcastView::id)
                    .findFirst());
  }

  /** Who did what with it. */
  private Future<List<Map<String, Object>>> acts(Visit visit) {
    UUID school = visit.viewer().schoolId();
    AuditQuery query =
        new AuditQuery(
            school,
            Optional.empty(),
            Optional.empty(),
            Optional.of("broadcast"),
            Optional.of(id(visit.context()).toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Future<AuditPage> entries = audit.find(query, ACTS);
    Future<List<StaffRecord>> people = accounts.list(school);
    Phrases phrases = words.phrases(visit, staff.texts(visit));
    return Future.all(entries, people)
        .map(read -> history(entries.result(), people.result(), phrases));
  }

  private static List<Map<String, Object>> history(
      AuditPage entries, List<StaffRecord> people, Phrases phrases) {
    Map<UUID, String> names =
        people.stream().collect(Collectors.toMap(StaffRecord::id, StaffRecord::name));
    List<Map<String, Object>> history = new ArrayList<>();
    for (StoredEntry entry : entries.items()) {
      history.add(
          Map.of(
              "what", phrases.of("broadcasts.act", entry.action()),
              "who", entry.actorId().flatMap(id -> Optional.ofNullable(names.get(id))).orElse(""),
              "when", phrases.when(entry.at())));
    }
    return history;
  }

  /** What changes on the page while it is sent. */
  private Future<Void> progress(Visit visit) {
    return bus.request(Addresses.BROADCAST_VIEW, of(visit))
        .map(
            view -> {
              if (view.startedAt().isEmpty()) {
                throw Failure.of(Failure.Kind.NOT_FOUND, "It was not begun.").asException();
              }
              Phrases phrases = words.phrases(visit, staff.texts(visit));
              staff.render(
                  visit, "broadcast_progress", Map.of("broadcast", words.one(view, phrases)));
              return null;
            });
  }

  /** The mail alone, as its reader's program would show it. */
  private void mail(RoutingContext context) {
    String language = Asked.parameter(context, "language").orElse("");
    pages
        .viewer(context)
        .compose(
            viewer ->
                viewer.filter(known -> known.role().includes(Role.DIRECTOR)).isEmpty()
                    ? Future.succeededFuture(new MessagePreviews(List.of()))
                    : bus.request(
                        Addresses.BROADCAST_SAMPLE,
                        new ViewBroadcast(viewer.get().schoolId(), id(context))))
        .map(
            sample ->
                sample.items().stream()
                    .filter(each -> each.language().equals(language))
                    .findFirst()
                    .map(MessagePreviews.Preview::html))
        .onSuccess(html -> answer(context, html))
        .onFailure(context::fail);
  }

  private static void answer(RoutingContext context, Optional<String> html) {
    if (html.isEmpty()) {
      context.fail(404);
      return;
    }
    context
        .response()
        .putHeader("Content-Security-Policy", NotificationPages.MAIL_POLICY)
        .putHeader("X-Frame-Options", "SAMEORIGIN")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(html.get());
  }

  private static ViewBroadcast of(Visit visit) {
    return new ViewBroadcast(visit.viewer().schoolId(), id(visit.context()));
  }

  static UUID id(RoutingContext context) {
    return Asked.inPath(context, "id");
  }

  static boolean isMissing(Throwable error) {
    return error instanceof FailureException known
        && known.failure().kind() == Failure.Kind.NOT_FOUND;
  }

  private static Optional<String> notice(RoutingContext context) {
    return Asked.parameter(context, "notice")
        .map(given -> given.equals("unavailable") ? "failed" : given)
        .filter(NOTICES::contains);
  }
}
