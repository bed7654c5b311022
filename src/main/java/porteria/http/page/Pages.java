package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.templ.freemarker.FreeMarkerTemplateEngine;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.Role;
import porteria.http.door.Access;
import porteria.http.door.Admission;
import porteria.http.door.ClientAddress;
import porteria.http.door.HttpServices;
import porteria.http.door.RequestIds;
import porteria.http.door.SecurityHeaders;
import porteria.identity.AccessToken;
import porteria.identity.SessionService;
import porteria.identity.SignIn;
import porteria.identity.SignedInPages;
import porteria.identity.StaffService;
import porteria.identity.StaffSession;

/** What people see in a browser. */
public final class Pages {

  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

  private static final String LOGIN = "/login";
  private static final String LOGOUT = "/logout";
  static final int MAX_FORM_BYTES = 8_192;

  private static final String UPLOADS =
      Path.of(System.getProperty("java.io.tmpdir"), "porteria-forms").toString();

  static final SecurityPolicyHandler PAGE = SecurityHeaders::forPage;

  private static final Map<String, Integer> LOGIN_STATUS =
      Map.of(
          "login.failed", 401,
          "login.slow-down", 429,
          "login.totp-needed", 401);

  /** In which words a page says that it cannot be shown. */
  private static final Map<Failure.Kind, String> TROUBLES =
      Map.of(
          Failure.Kind.FORBIDDEN, "trouble.forbidden",
          Failure.Kind.NOT_FOUND, "trouble.gone",
          Failure.Kind.INVALID_REQUEST, "trouble.invalid");

  private final Access access;
  private final Admission admission;
  private final StaffService staff;
  private final SessionService sessions;
  private final FreeMarkerTemplateEngine templates;
  private final Messages messages;
  private final Assets assets;
  private final boolean https;
  private final FormTokens formTokens;

  /**
   * The pages.
   *
   * @param formKey makes the tokens of forms
   * @param origin scheme, host and port that browsers load the pages from
   */
  public Pages(
      Vertx vertx,
      Access access,
      Admission admission,
      HttpServices services,
      String formKey,
      String origin) {
    this.access = access;
    this.admission = admission;
    this.staff = services.staff();
    this.sessions = services.sessions();
    this.templates = FreeMarkerTemplateEngine.create(vertx, "ftlh");
    this.messages = Messages.load();
    this.assets = Assets.load(vertx);
    this.https = origin.startsWith("https:");
    this.formTokens = new FormTokens(vertx, formKey, https);
  }

  public void mount(Router router) {
    assets.mount(router);
    router.get("/").handler(context -> redirect(context, "/dashboard"));
    page(router, LOGIN).handler(this::showLogin);
    turn(router, LOGIN).handler(this::login);
    page(router, LOGOUT).handler(this::showLogout);
    turn(router, LOGOUT).handler(this::logout);
    offerAnew(router, LOGIN, LOGIN);
    offerAnew(router, LOGOUT, LOGOUT);
  }

  /** A page with forms. */
  Route page(Router router, String path) {
    return formTokens.give(router.get(path).handler(PAGE));
  }

  /** Only what a page of ours sent is taken. */
  Route form(Router router, String path) {
    return form(router, path, MAX_FORM_BYTES);
  }

  /** The same of a form that may be longer than most. */
  Route form(Router router, String path, int mostBytes) {
    return formTokens.take(question(router, path, mostBytes));
  }

  /** A form with a file, which is kept on disk until the form is answered. */
  Route upload(Router router, String path, int mostBytes) {
    BodyHandler bodies = BodyHandler.create(UPLOADS).setBodyLimit(mostBytes);
    return formTokens.take(
        router.post(path).handler(PAGE).handler(bodies.setDeleteUploadedFilesOnEnd(true)));
  }

  /** A form by which somebody comes or goes: pages opened before it are not taken from again. */
  Route turn(Router router, String path) {
    return formTokens.takeLast(question(router, path, MAX_FORM_BYTES));
  }

  /**
   * What a script asks with a form that is not sent yet. It changes nothing, so it needs no token.
   */
  static Route question(Router router, String path, int mostBytes) {
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(mostBytes);
    return router.post(path).handler(PAGE).handler(bodies);
  }

  /**
   * Whose form fails before it is read gets a page, not a document for programs. Before the handler
   * of all failures. Most often the form is older than its token: it stood open for days, or
   * somebody came or went in another tab.
   *
   * @param forms path they are sent to
   * @param page where they stand, {@code :id} being that of the form's path; it is asked to give
   *     notice of {@code stale} or {@code unavailable}
   */
  static void offerAnew(Router router, String forms, String page) {
    router
        .post(forms)
        .order(-1)
        .failureHandler(
            context -> {
              int status = context.statusCode();
              if (status < 400 || status >= 500) {
                LOG.error("request {} failed", RequestIds.of(context), context.failure());
              }
              String id = Objects.requireNonNullElse(context.pathParam("id"), "");
              redirect(
                  context,
                  page.replace(":id", Asked.uuid(id).toString())
                      + "?notice="
                      + (status == 403 ? "stale" : "unavailable"));
            });
  }

  private void showLogin(RoutingContext context) {
    viewer(context)
        .onSuccess(
            viewer -> {
              if (viewer.isPresent()) {
                redirect(context, "/dashboard");
              } else {
                render(context, "login", messages.preferred(context), notice(context));
              }
            })
        .onFailure(context::fail);
  }

  /** Where a sign-out that came to nothing is asked for anew. */
  private void showLogout(RoutingContext context) {
    viewer(context)
        .onSuccess(
            viewer -> {
              if (viewer.isPresent()) {
                render(context, "logout", messages.preferred(context), notice(context));
              } else {
                redirect(context, LOGIN);
              }
            })
        .onFailure(context::fail);
  }

  /** What the address may ask a page to say; nothing else is repeated from it. */
  private static Map<String, Object> notice(RoutingContext context) {
    return switch (context.request().getParam("notice", "")) {
      case "stale" -> Map.of("error", "login.stale");
      case "unavailable" -> Map.of("error", "login.unavailable");
      default -> Map.of();
    };
  }

  private void login(RoutingContext context) {
    String email = context.request().getFormAttribute("email");
    String password = context.request().getFormAttribute("password");
    if (email == null || password == null) {
      refuse(context, "", "login.failed");
      return;
    }
    Optional<String> code =
        Optional.ofNullable(context.request().getFormAttribute("totp"))
            .filter(typed -> !typed.isBlank());
    admission
        .countAddress(context)
        .compose(
            admitted ->
                staff.openPages(
                    new SignIn(email, password, code, ClientAddress.of(context), devices(context))))
        .onSuccess(signedIn -> enter(context, signedIn))
        .onFailure(error -> refuse(context, email, reason(error)));
  }

  private void enter(RoutingContext context, SignedInPages signedIn) {
    keep(context, signedIn);
    redirect(context, signedIn.enrolling() ? SecondFactorPages.PAGE : "/dashboard");
  }

  /** Gives the browser what it holds of a session. */
  void keep(RoutingContext context, SignedInPages signedIn) {
    AccessToken token = signedIn.access();
    context
        .response()
        .addCookie(cookie(token.value(), token.life().toSeconds()))
        .addCookie(
            cookie(
                    Access.DEVICE_COOKIE,
                    String.join(".", signedIn.devices()),
                    SignedInPages.DEVICE_LIFE.toSeconds())
                .setPath(LOGIN));
  }

  /** What this browser was given when people signed in; see {@link #keep}. */
  static List<String> devices(RoutingContext context) {
    return Optional.ofNullable(context.request().getCookie(Access.DEVICE_COOKIE))
        .map(cookie -> List.of(cookie.getValue().split("\\.", -1)))
        .orElse(List.of());
  }

  private static String reason(Throwable error) {
    Failure.Kind kind =
        error instanceof FailureException known ? known.failure().kind() : Failure.Kind.INTERNAL;
    return switch (kind) {
      case UNAUTHENTICATED -> "login.failed";
      case TOO_MANY_REQUESTS -> "login.slow-down";
      case TOTP_REQUIRED -> "login.totp-needed";
      default -> "login.unavailable";
    };
  }

  private void refuse(RoutingContext context, String email, String reason) {
    int status = LOGIN_STATUS.getOrDefault(reason, 503);
    context.response().setStatusCode(status);
    boolean coded =
        reason.equals("login.totp-needed") || context.request().getFormAttribute("totp") != null;
    render(
        context,
        "login",
        messages.preferred(context),
        Map.of("email", email, "error", reason, "coded", coded));
  }

  private void logout(RoutingContext context) {
    access
        .evenEnrolling(context)
        .compose(
            session ->
                session
                    .map(known -> sessions.end(known, ClientAddress.of(context)))
                    .orElseGet(Future::succeededFuture))
        .onSuccess(
            ended -> {
              context.response().addCookie(cookie("", 0));
              redirect(context, LOGIN);
            })
        .onFailure(context::fail);
  }

  /** Who signed in, even if all they may see is where they enrol a second factor. */
  Future<Optional<StaffSession>> person(RoutingContext context) {
    return access
        .evenEnrolling(context)
        .map(session -> session.filter(known -> known.role().includes(Role.INSPECTOR)));
  }

  /** Who may see the pages; others are asked to sign in. */
  Future<Optional<StaffSession>> viewer(RoutingContext context) {
    return access
        .session(context)
        .map(session -> session.filter(known -> known.role().includes(Role.INSPECTOR)));
  }

  /** Answers with a page; its texts are known to the template as {@code t}. */
  void render(
      RoutingContext context, String page, Map<String, String> texts, Map<String, Object> model) {
    Map<String, Object> data = new HashMap<>(model);
    data.put("t", texts);
    data.put("assets", assets.base());
    data.put("csrf", FormTokens.of(context));
    Future<Buffer> rendered = templates.render(data, "web/templates/" + page);
    rendered
        .onSuccess(
            html ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(html))
        .onFailure(context::fail);
  }

  /**
   * Answers a form with a document that the browser keeps under this name. The page stays open
   * beside it, so the token of its forms stays as it is.
   */
  static void pdf(RoutingContext context, String fileName, Buffer document) {
    FormTokens.leave(context);
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/pdf")
        .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(document);
  }

  /** Answers with a page that says why another cannot be shown. */
  void trouble(RoutingContext context, Throwable error) {
    if (context.response().headWritten()) {
      context.fail(error);
      return;
    }
    Failure.Kind kind =
        error instanceof FailureException known ? known.failure().kind() : Failure.Kind.INTERNAL;
    if (kind.status() >= 500) {
      LOG.error("request {} failed", RequestIds.of(context), error);
    }
    context.response().setStatusCode(kind.status());
    Map<String, String> texts = messages.preferred(context);
    render(
        context,
        "trouble",
        texts,
        Map.of(
            "trouble",
            TROUBLES.getOrDefault(kind, "trouble.failed"),
            "allowed",
            allowed(error, texts),
            "here",
            context.normalizedPath(),
            "request",
            RequestIds.of(context)));
  }

  /** What the address may say, where there are words for it. */
  private static List<String> allowed(Throwable error, Map<String, String> texts) {
    return error instanceof FailureException known
        ? known.failure().errors().stream()
            .flatMap(
                each -> Optional.ofNullable(texts.get("trouble.allowed." + each.detail())).stream())
            .toList()
        : List.of();
  }

  private Cookie cookie(String value, long lifeSeconds) {
    return cookie(Access.SESSION_COOKIE, value, lifeSeconds).setPath("/");
  }

  /** A cookie that scripts cannot read and that no other site makes a browser send. */
  Cookie cookie(String name, String value, long lifeSeconds) {
    return Cookie.cookie(name, value)
        .setHttpOnly(true)
        .setSecure(https)
        .setSameSite(CookieSameSite.STRICT)
        .setMaxAge(lifeSeconds);
  }

  static void redirect(RoutingContext context, String to) {
    context.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, to).end();
  }
}
