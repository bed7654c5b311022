package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import porteria.bus.Addresses;
import porteria.bus.Bus;
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
import porteria.domain.NotificationStatus;
import porteria.domain.PauseScope;
import porteria.domain.Role;
import porteria.http.door.Cursors;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.identity.StaffSession;

/** Where staff find out why a family did not get a message, and how each message looks. */
public final class NotificationPages {

  private static final String LIST = "/notifications";
  private static final String PREVIEW = "/notifications/preview";
  private static final int PAGE = 50;
  private static final List<String> LANGUAGES = List.of("es", "en", "pt");
  private static final Pattern TEMPLATE = Pattern.compile("[a-z_]{1,64}");

  /** What the address may ask the page to say; nothing else is repeated from it. */
  private static final List<String> NOTICES =
      List.of("retried", "left", "resumed", "stale", "failed");

  /** What leaves some of the messages out. */
  private static final List<String> NARROWING =
      List.of("status", "channel", "student_id", "guardian_id", "cursor");

  /** A mail has styles of its own and is shown inside our page alone; it loads and runs nothing. */
  static final String MAIL_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

  private final Pages pages;
  private final StaffPages staff;
  private final Bus bus;
  private final InstantSource clock;

  public NotificationPages(Pages pages, StaffPages staff, HttpServices services) {
    this.pages = pages;
    this.staff = staff;
    this.bus = services.bus();
    this.clock = services.clock();
  }

  public void mount(Router router) {
    staff.page(router, LIST, this::list);
    staff.page(router, PREVIEW, this::previews);
    router.get(PREVIEW + "/mail").handler(this::mail);
    staff.form(router, LIST + "/retry", LIST, this::retry);
    pages.form(router, "/sending/resume").handler(this::resume);
  }

  private Future<Void> list(Visit visit) {
    RoutingContext context = visit.context();
    Optional<NotificationStatus> status =
        Asked.choice(context, "status", NotificationStatus.values());
    Optional<Channel> channel = Asked.choice(context, "channel", Channel.values());
    Future<NotificationPage> found =
        bus.request(
            Addresses.NOTIFICATION_FIND,
            new FindNotifications(
                visit.viewer().schoolId(),
                status,
                channel,
                Asked.id(context, "student_id"),
                Asked.id(context, "guardian_id"),
                Asked.parameter(context, "cursor").map(Cursors::id),
                PAGE));
    Future<SendingView> sending =
        bus.request(Addresses.SENDING_VIEW, new ViewSending(visit.viewer().schoolId()));
    return Future.all(found, sending)
        .map(
            read -> {
              Map<String, String> texts = staff.texts(visit);
              NotificationWords words =
                  new NotificationWords(
                      texts, new SchoolTime(texts, visit.school().zone(), clock.instant()));
              Map<String, Object> model = new HashMap<>();
              model.put("status", status.map(Enum::name).orElse(""));
              model.put("channel", channel.map(Enum::name).orElse(""));
              model.put("statuses", List.of(NotificationStatus.values()));
              model.put("channels", List.of(Channel.values()));
              model.put("narrowed", narrowed(context));
              model.put("items", words.items(found.result()));
              model.put("pauses", words.pauses(sending.result()));
              found.result().next().ifPresent(next -> model.put("next", Cursors.text(next)));
              notice(context).ifPresent(notice -> model.put("notice", notice));
              staff.render(visit, "notifications", model);
              return null;
            });
  }

  /** Whether some of the messages are left out. */
  private static boolean narrowed(RoutingContext context) {
    return NARROWING.stream().anyMatch(name -> Asked.parameter(context, name).isPresent());
  }

  private Future<Void> previews(Visit visit) {
    String language =
        Asked.parameter(visit.context(), "language")
            .filter(LANGUAGES::contains)
            .orElse(visit.school().language());
    return preview(visit.viewer(), language)
        .map(
            found -> {
              Map<String, Object> model = new HashMap<>();
              model.put("language", language);
              model.put("languages", LANGUAGES);
              model.put("previews", found.items().stream().map(NotificationPages::model).toList());
              staff.render(visit, "previews", model);
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
    String template = Asked.parameter(context, "template").orElse("");
    String language = Asked.parameter(context, "language").filter(LANGUAGES::contains).orElse("es");
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
    Optional<UUID> one = Asked.field(context, "id").map(Asked::uuid);
    staff
        .acting(context, one.isPresent() ? Role.INSPECTOR : Role.DIRECTOR)
        .compose(
            by ->
                bus.request(
                    Addresses.NOTIFICATION_RETRY,
                    new RetryNotifications(by, one, Optional.empty(), Optional.empty())))
        .map(RetriedNotifications::queued)
        .map(queued -> queued > 0 ? "retried" : "left")
        .otherwise(error -> Notices.reason(context, error).equals("conflict") ? "left" : "failed")
        .onSuccess(notice -> Pages.redirect(context, LIST + "?status=FAILED&notice=" + notice));
  }

  private void resume(RoutingContext context) {
    staff
        .acting(context, Role.DIRECTOR)
        .compose(
            by ->
                bus.request(
                    Addresses.SENDING_RESUME,
                    new ResumeSending(
                        by,
                        chosen(Channel.class, Asked.field(context, "channel")),
                        chosen(PauseScope.class, Asked.field(context, "scope")),
                        Asked.field(context, "subject").orElse(""))))
        .onSuccess(
            resumed -> {
              if (isScript(context)) {
                context.json(new JsonObject().put("queued", resumed.queued()));
              } else {
                Pages.redirect(context, LIST + "?notice=resumed");
              }
            })
        .onFailure(error -> refuse(context, error));
  }

  /** A pause that is not there any more needs nobody; a script is told in its own terms. */
  private static void refuse(RoutingContext context, Throwable error) {
    if (isScript(context)) {
      context.fail(error);
    } else {
      Pages.redirect(
          context,
          LIST
              + "?notice="
              + (Notices.reason(context, error).equals("gone") ? "resumed" : "failed"));
    }
  }

  private static boolean isScript(RoutingContext context) {
    return "application/json".equals(context.request().getHeader(HttpHeaders.ACCEPT));
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

  private static Optional<String> notice(RoutingContext context) {
    return Asked.parameter(context, "notice")
        .map(given -> given.equals("unavailable") ? "failed" : given)
        .filter(NOTICES::contains);
  }
}
