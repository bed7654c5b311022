package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import io.vertx.ext.web.templ.freemarker.FreeMarkerTemplateEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.Role;
import porteria.identity.SchoolDirectory;
import porteria.identity.SessionService;
import porteria.identity.SignIn;
import porteria.identity.StaffService;
import porteria.identity.StaffSession;

/** What people see in a browser. */
final class Pages {

  private static final int MAX_FORM_BYTES = 8_192;

  /** Nothing inline and nothing from elsewhere; Pico draws its small icons from data URLs. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
          + " frame-ancestors 'none'; form-action 'self'; object-src 'none'";

  private static final Map<String, Integer> LOGIN_STATUS =
      Map.of("login.failed", 401, "login.slow-down", 429);

  private static final SecurityPolicyHandler HARDEN = Pages::harden;

  private final Access access;
  private final StaffService staff;
  private final SessionService sessions;
  private final SchoolDirectory schools;
  private final FreeMarkerTemplateEngine templates;
  private final Messages messages;
  private final boolean https;

  Pages(Vertx vertx, Access access, HttpServices services, boolean https) {
    this.access = access;
    this.staff = services.staff();
    this.sessions = services.sessions();
    this.schools = services.schools();
    this.templates = FreeMarkerTemplateEngine.create(vertx, "ftlh");
    this.messages = Messages.load();
    this.https = https;
  }

  void mount(Router router) {
    router.get("/static/*").handler(HARDEN).handler(files("web/static"));
    router.get("/webjars/*").handler(HARDEN).handler(files("META-INF/resources/webjars"));
    router.get("/").handler(context -> redirect(context, "/dashboard"));
    router.get("/login").handler(HARDEN).handler(this::showLogin);
    router
        .post("/login")
        .handler(HARDEN)
        .handler(BodyHandler.create(false).setBodyLimit(MAX_FORM_BYTES))
        .handler(this::login);
    router.post("/logout").handler(HARDEN).handler(this::logout);
    router.get("/dashboard").handler(HARDEN).handler(this::dashboard);
  }

  private static StaticHandler files(String root) {
    return StaticHandler.create(root)
        .setDirectoryListing(false)
        .setIncludeHidden(false)
        .setMaxAgeSeconds(300);
  }

  /** For a browser: what a page may load, and that it is what it says. */
  private static void harden(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", CONTENT_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "same-origin");
    context.next();
  }

  private void showLogin(RoutingContext context) {
    viewer(context)
        .onSuccess(
            viewer -> {
              if (viewer.isPresent()) {
                redirect(context, "/dashboard");
              } else {
                render(context, "login", messages.preferred(context), Map.of());
              }
            })
        .onFailure(context::fail);
  }

  private void login(RoutingContext context) {
    String email = context.request().getFormAttribute("email");
    String password = context.request().getFormAttribute("password");
    if (email == null || password == null) {
      refuse(context, "", "login.failed");
      return;
    }
    staff
        .openPages(new SignIn(email, password, ClientAddress.of(context)))
        .onSuccess(
            token -> {
              context.response().addCookie(cookie(token.value(), token.life().toSeconds()));
              redirect(context, "/dashboard");
            })
        .onFailure(error -> refuse(context, email, reason(error)));
  }

  private static String reason(Throwable error) {
    Failure.Kind kind =
        error instanceof FailureException known ? known.failure().kind() : Failure.Kind.INTERNAL;
    return switch (kind) {
      case UNAUTHENTICATED -> "login.failed";
      case TOO_MANY_ATTEMPTS -> "login.slow-down";
      default -> "login.unavailable";
    };
  }

  private void refuse(RoutingContext context, String email, String reason) {
    int status = LOGIN_STATUS.getOrDefault(reason, 503);
    context.response().setStatusCode(status);
    render(context, "login", messages.preferred(context), Map.of("email", email, "error", reason));
  }

  private void logout(RoutingContext context) {
    access
        .session(context)
        .compose(session -> session.map(sessions::end).orElseGet(Future::succeededFuture))
        .onSuccess(
            ended -> {
              context.response().addCookie(cookie("", 0));
              redirect(context, "/login");
            })
        .onFailure(context::fail);
  }

  private void dashboard(RoutingContext context) {
    viewer(context)
        .onSuccess(
            viewer ->
                viewer.ifPresentOrElse(
                    known -> dashboard(context, known), () -> redirect(context, "/login")))
        .onFailure(context::fail);
  }

  private void dashboard(RoutingContext context, StaffSession viewer) {
    schools
        .find(viewer.schoolId())
        .onSuccess(
            school ->
                render(
                    context,
                    "dashboard",
                    messages.in(school.language()),
                    Map.of(
                        "school",
                        Map.of("name", school.name(), "timezone", school.zone().getId()),
                        "user",
                        Map.of("name", viewer.name(), "role", viewer.role().name()),
                        "schoolId",
                        viewer.schoolId().toString())))
        .onFailure(context::fail);
  }

  /** Who may see the pages; others are asked to sign in. */
  private Future<Optional<StaffSession>> viewer(RoutingContext context) {
    return access
        .session(context)
        .map(session -> session.filter(known -> known.role().includes(Role.INSPECTOR)));
  }

  private void render(
      RoutingContext context, String page, Map<String, String> texts, Map<String, Object> model) {
    Map<String, Object> data = new HashMap<>(model);
    data.put("t", texts);
    Future<io.vertx.core.buffer.Buffer> rendered = templates.render(data, "web/templates/" + page);
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

  private Cookie cookie(String value, long lifeSeconds) {
    return Cookie.cookie(Access.SESSION_COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(https)
        .setSameSite(CookieSameSite.STRICT)
        .setMaxAge(lifeSeconds);
  }

  private static void redirect(RoutingContext context, String to) {
    context.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, to).end();
  }
}
