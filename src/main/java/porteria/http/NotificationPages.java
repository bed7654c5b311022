package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.ByStaff;
import porteria.bus.FindNotifications;
import porteria.bus.MessagePreviews;
import porteria.bus.NotificationPage;
import porteria.bus.PreviewMessages;
import porteria.bus.ResumeSending;
import porteria.bus.RetriedNotifications;
import porteria.bus.RetryNotifications;
import porteria.bus.SendingView;
import porteria.bus.ViewSending;
import porteria.domain.Channel;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.NotificationStatus;
import porteria.domain.PauseScope;
import porteria.domain.Role;
import porteria.identity.SchoolDirectory;
import porteria.identity.StaffSession;

/** Where staff find out why a family did not get a message, and how each message looks. */
final class NotificationPages {

  private static final String LIST = "/notifications";
  private static final String PREVIEW = "/notifications/preview";
  private static final int PAGE = 50;
  private static final List<String> LANGUAGES = List.of("es", "en", "pt");
  private static final Pattern TEMPLATE = Pattern.compile("[a-z_]{1,64}");

  /** What the address may ask the page to say; nothing else is repeated from it. */
  private static final List<String> NOTICES =
      List.of("retried", "left", "resumed", "stale", "failed");

  /** A mail has styles of its own and is shown inside our page alone; it loads and runs nothing. */
  private static final String MAIL_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

  private final Pages pages;
  private final Access access;
  private final Bus bus;
  private final SchoolDirectory schools;
  private final NotificationWords words;
  private final Messages messages = Messages.load();

  NotificationPages(Pages pages, Access access, HttpServices services) {
    this.pages = pages;
    this.access = access;
    this.bus = services.bus();
    this.schools = services.schools();
    this.words = new NotificationWords(services.clock());
  }

  void mount(Router router) {
    pages.page(router, LIST).handler(context -> show(context, this::list));
    pages.page(router, PREVIEW).handler(context -> show(context, this::previews));
    router.get(PREVIEW + "/mail").handler(this::mail);
    pages.form(router, LIST + "/retry").handler(this::retry);
    pages.form(router, "/sending/resume").handler(this::resume);
    Pages.offerAnew(router, LIST + "/retry", LIST);
  }

  /** A page of one school for one person. */
  private interface Shown {
    Future<Void> show(RoutingContext context, StaffSession viewer, SchoolDirectory.School school);
  }

  private void show(RoutingContext context, Shown page) {
    pages
        .viewer(context)
        .compose(
            viewer -> {
              if (viewer.isEmpty()) {
                Pages.redirect(context, "/login");
                return Future.succeededFuture();
              }
              return schools
                  .find(viewer.get().schoolId())
                  .compose(school -> page.show(context, viewer.get(), school));
            })
        .onFailure(context::fail);
  }

  private Future<Void> list(
      RoutingContext context, StaffSession viewer, SchoolDirectory.School school) {
    Optional<NotificationStatus> status = choice(context, "status", NotificationStatus.values());
    Optional<Channel> channel = choice(context, "channel", Channel.values());
    Future<NotificationPage> found =
        bus.request(
            Addresses.NOTIFICATION_FIND,
            new FindNotifications(
                viewer.schoolId(),
                status,
                channel,
                id(context, "student_id"),
                id(context, "guardian_id"),
                parameter(context, "cursor").map(Cursors::id),
                PAGE));
    Future<SendingView> sending =
        bus.request(Addresses.SENDING_VIEW, new ViewSending(viewer.schoolId()));
    return Future.all(found, sending)
        .map(
            read -> {
              Map<String, String> texts = messages.in(school.language());
              Map<String, Object> model = Pages.model(viewer, school, Map.of());
              model.put("status", status.map(Enum::name).orElse(""));
              model.put("channel", channel.map(Enum::name).orElse(""));
              model.put("statuses", List.of(NotificationStatus.values()));
              model.put("channels", List.of(Channel.values()));
              model.put("items", words.items(found.result(), texts, school.zone()));
              model.put("pauses", words.pauses(sending.result(), texts, school.zone()));
              found.result().next().ifPresent(next -> model.put("next", Cursors.text(next)));
              notice(context).ifPresent(notice -> model.put("notice", notice));
              pages.render(context, "notifications", texts, model);
              return null;
            });
  }

  private Future<Void> previews(
      RoutingContext context, StaffSession viewer, SchoolDirectory.School school) {
    String language =
        parameter(context, "language").filter(LANGUAGES::contains).orElse(school.language());
    return preview(viewer, language)
        .map(
            found -> {
              Map<String, Object> model = Pages.model(viewer, school, Map.of());
              model.put("language", language);
              model.put("languages", LANGUAGES);
              model.put("previews", found.items().stream().map(NotificationPages::model).toList());
              pages.render(context, "previews", messages.in(school.language()), model);
              return null;
            });
  }

  private static Map<String, Object> model(MessagePreviews.Preview preview) {
    return Map.of(
        "template", preview.template(),
        "whatsapp", preview.whatsApp(),
        "footer", preview.footer().orElse(""),
        "subject", preview.subject());
  }

  /** The mail alone, as its reader's program would show it. */
  private void mail(RoutingContext context) {
    String template = parameter(context, "template").orElse("");
    String language = parameter(context, "language").filter(LANGUAGES::contains).orElse("es");
    pages
        .viewer(context)
        .compose(
            viewer ->
                viewer.isEmpty() || !TEMPLATE.matcher(template).matches()
                    ? Future.succeededFuture(Optional.<String>empty())
                    : preview(viewer.get(), language)
                        .map(
                            found ->
                                found.items().stream()
                                    .filter(each -> each.template().equals(template))
                                    .findFirst()
                                    .map(MessagePreviews.Preview::html)))
        .onSuccess(
            html -> {
              if (html.isEmpty()) {
                context.fail(404);
                return;
              }
              context
                  .response()
                  .putHeader("Content-Security-Policy", MAIL_POLICY)
                  .putHeader("X-Frame-Options", "SAMEORIGIN")
                  .putHeader("Referrer-Policy", "no-referrer")
                  .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                  .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                  .end(html.get());
            })
        .onFailure(context::fail);
  }

  private Future<MessagePreviews> preview(StaffSession viewer, String language) {
    return bus.request(
        Addresses.NOTIFICATION_PREVIEW, new PreviewMessages(viewer.schoolId(), language));
  }

  /** One message by its id, or, for directors, all that failed. */
  private void retry(RoutingContext context) {
    Optional<UUID> one = field(context, "id").map(NotificationPages::uuid);
    acting(context, one.isPresent() ? Role.INSPECTOR : Role.DIRECTOR)
        .compose(
            by ->
                bus.request(
                    Addresses.NOTIFICATION_RETRY,
                    new RetryNotifications(by, one, Optional.empty(), Optional.empty())))
        .map(RetriedNotifications::queued)
        .map(queued -> queued > 0 ? "retried" : "left")
        .otherwise(
            error ->
                error instanceof FailureException known
                        && known.failure().kind() == Failure.Kind.CONFLICT
                    ? "left"
                    : "failed")
        .onSuccess(notice -> Pages.redirect(context, LIST + "?status=FAILED&notice=" + notice));
  }

  private void resume(RoutingContext context) {
    acting(context, Role.DIRECTOR)
        .compose(
            by ->
                bus.request(
                    Addresses.SENDING_RESUME,
                    new ResumeSending(
                        by,
                        chosen(Channel.class, field(context, "channel")),
                        chosen(PauseScope.class, field(context, "scope")),
                        field(context, "subject").orElse(""))))
        .onSuccess(
            resumed -> {
              if ("application/json".equals(context.request().getHeader(HttpHeaders.ACCEPT))) {
                context.json(new JsonObject().put("queued", resumed.queued()));
              } else {
                Pages.redirect(context, LIST + "?notice=resumed");
              }
            })
        .onFailure(context::fail);
  }

  private static <E extends Enum<E>> E chosen(Class<E> type, Optional<String> given) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> given.filter(each.name()::equals).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                Failure.of(
                        Failure.Kind.INVALID_REQUEST,
                        "One of " + Arrays.toString(type.getEnumConstants()) + " is to be named.")
                    .asException());
  }

  /** Who acts, if their role includes the least that may. */
  private Future<ByStaff> acting(RoutingContext context, Role least) {
    return access
        .session(context)
        .map(
            session ->
                session
                    .filter(known -> known.role().includes(least))
                    .map(
                        known ->
                            new ByStaff(
                                known.schoolId(),
                                known.staffId(),
                                known.role(),
                                Optional.of(ClientAddress.of(context))))
                    .orElseThrow(
                        () ->
                            Failure.of(Failure.Kind.FORBIDDEN, "Your role does not allow this.")
                                .asException()));
  }

  private static Optional<String> notice(RoutingContext context) {
    return parameter(context, "notice")
        .map(given -> given.equals("unavailable") ? "failed" : given)
        .filter(NOTICES::contains);
  }

  private static <E extends Enum<E>> Optional<E> choice(
      RoutingContext context, String name, E[] allowed) {
    return parameter(context, name)
        .flatMap(text -> List.of(allowed).stream().filter(e -> e.name().equals(text)).findFirst());
  }

  private static Optional<UUID> id(RoutingContext context, String name) {
    return parameter(context, name).map(NotificationPages::uuid);
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      return new UUID(0, 0);
    }
  }

  private static Optional<String> parameter(RoutingContext context, String name) {
    return Optional.ofNullable(context.request().getParam(name)).filter(text -> !text.isBlank());
  }

  private static Optional<String> field(RoutingContext context, String name) {
    return Optional.ofNullable(context.request().getFormAttribute(name))
        .filter(text -> !text.isBlank());
  }
}
