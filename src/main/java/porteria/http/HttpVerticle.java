package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import porteria.bus.Watchers;
import porteria.config.HttpSettings;
import porteria.domain.MessageKey;
import porteria.http.door.Access;
import porteria.http.door.Admission;
import porteria.http.door.ClientAddress;
import porteria.http.door.HttpServices;
import porteria.http.door.RateLimits;
import porteria.http.door.RequestIds;
import porteria.http.door.SecurityHeaders;
import porteria.http.page.AbsencePages;
import porteria.http.page.AccountPages;
import porteria.http.page.AuditPages;
import porteria.http.page.BaseHoursPages;
import porteria.http.page.BroadcastPages;
import porteria.http.page.CardPages;
import porteria.http.page.DashboardPages;
import porteria.http.page.DevicePages;
import porteria.http.page.DocsPages;
import porteria.http.page.NotificationPages;
import porteria.http.page.Pages;
import porteria.http.page.ParentPages;
import porteria.http.page.SchedulePages;
import porteria.http.page.SecondFactorPages;
import porteria.http.page.SettingsPages;
import porteria.http.page.StaffPages;
import porteria.http.page.StudentPages;
import porteria.http.page.TagPages;
import porteria.http.page.UnsubscribePages;
import porteria.webhook.Webhooks;

/** Listens. Several instances share one port. */
public final class HttpVerticle extends VerticleBase {

  private static final String BASE = "/api/v1";
  private static final int MAX_HEADER_BYTES = 8_192;

  /** A verdict fits one packet as it is; pressing it would cost more than sending it. */
  private static final int COMPRESS_FROM_BYTES = 1_024;

  private final HttpServices services;
  private @Nullable HttpServer server;

  public HttpVerticle(HttpServices services) {
    this.services = services;
  }

  @Override
  public Future<?> start() {
    return Contract.load(vertx).compose(this::listen).onSuccess(listening -> server = listening);
  }

  /** The port it listens on, once deployed. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("not deployed");
    }
    return server.actualPort();
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.shutdown(5, TimeUnit.SECONDS);
  }

  private Future<HttpServer> listen(Contract contract) {
    HttpSettings http = services.settings().http();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(http.host())
            .setPort(http.port())
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setIdleTimeout((int) http.idleTimeout().toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setCompressionSupported(true)
            .setCompressionContentSizeThreshold(COMPRESS_FROM_BYTES);
    return vertx.createHttpServer(options).requestHandler(router(contract)).listen();
  }

  private Router router(Contract contract) {
    Access access =
        new Access(
            contract.routed(),
            services.devices(),
            services.tokens(),
            services.sessions().memory(),
            services.parents(),
            services.settings().security().workerToken());
    Problems problems = new Problems(services.meters());
    Router router = Router.router(vertx);
    router.route().handler((PlatformHandler) RequestIds::handle).failureHandler(problems::handle);
    ClientAddress addresses = new ClientAddress(services.settings().http().trustedProxies());
    router.route().handler((PlatformHandler) addresses::handle);
    router
        .route()
        .handler((PlatformHandler) new SecurityHeaders(origin().startsWith("https:"))::handle);
    cors().ifPresent(handler -> router.route(BASE + "/*").handler(handler));
    BodyHandler bodies =
        BodyHandler.create(false).setBodyLimit(services.settings().http().maxBodyBytes());
    router
        .route(BASE + "/*")
        .handler(
            context -> {
              if (Uploads.goesTo(context, BASE)) {
                Uploads.hold(context);
              } else {
                bodies.handle(context);
              }
            });
    Requests requests = new Requests(vertx, contract);
    Admission admission = admission();
    Api api = new Api(access, admission, requests, services.clock());
    router
        .route(BASE + "/*")
        .subRouter(
            api.router(vertx, contract.routed(), Operations.of(services, contract, problems)));
    MetricsPage metrics =
        new MetricsPage(services.meters(), services.settings().security().metricsToken());
    router.get("/metrics").handler(metrics::handle);
    LiveBridge bridge =
        new LiveBridge(vertx, access, new Watchers(vertx), services.clock(), origin());
    router.route("/eventbus/*").handler((PlatformHandler) bridge::recognise);
    // Where no WebSocket opens, what the browser says comes by POST.
    router
        .post("/eventbus/*")
        .handler(BodyHandler.create(false).setBodyLimit(LiveBridge.MAX_MESSAGE_BYTES));
    router.route("/eventbus/*").subRouter(bridge.router());
    Pages pages =
        new Pages(
            vertx,
            access,
            admission,
            services,
            HexFormat.of().formatHex(derived("porteria forms")),
            origin());
    pages.mount(router);
    StaffPages staff = new StaffPages(pages, access, services.schools());
    new DashboardPages(pages, staff, services).mount(router);
    new NotificationPages(pages, staff, services).mount(router);
    new BroadcastPages(pages, staff, services).mount(router);
    new AbsencePages(staff, services).mount(router);
    new DevicePages(staff, services).mount(router);
    new StudentPages(staff, services).mount(router);
    new AuditPages(staff, services).mount(router);
    new AccountPages(staff, services).mount(router);
    new SettingsPages(pages, staff, services).mount(router);
    new SecondFactorPages(pages, staff, services).mount(router);
    new TagPages(staff, services).mount(router);
    new SchedulePages(pages, staff, services).mount(router);
    new BaseHoursPages(pages, staff, services).mount(router);
    new ParentPages(access, admission, services, pages).mount(router);
    new CardPages(admission, services.cards().found(), pages).mount(router);
    new UnsubscribePages(admission, services.unsubscribing(), services.bus(), pages).mount(router);
    new DocsPages(vertx, pages).mount(router);
    new Webhooks(
            services.settings().webhooks(), services.bus(), services.clock(), services.amazon())
        .mount(router);
    for (int status : new int[] {400, 404, 405, 413, 415, 500}) {
      router.errorHandler(status, problems::handle);
    }
    return router;
  }

  /** Pages of other sites may call the API only when they are named; cookies they never send. */
  private Optional<CorsHandler> cors() {
    List<String> origins = services.settings().http().corsOrigins();
    return origins.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CorsHandler.create()
                .addOrigins(origins)
                .allowedMethods(
                    Set.of(
                        HttpMethod.GET,
                        HttpMethod.POST,
                        HttpMethod.PUT,
                        HttpMethod.PATCH,
                        HttpMethod.DELETE))
                .allowedHeaders(Set.of("Authorization", "Content-Type", "X-Request-Id"))
                .exposedHeader("X-Request-Id")
                .maxAgeSeconds(600));
  }

  private Admission admission() {
    return new Admission(
        new RateLimits(
            vertx, services.redis(), new MessageKey(derived("porteria limits")), services.clock()),
        services.settings().limits());
  }

  /** A key for one purpose, so that what it makes cannot be passed off as another's. */
  private byte[] derived(String purpose) {
    MessageKey secret = new MessageKey(services.settings().security().secretKey().bytes());
    return secret.authenticate(purpose.getBytes(StandardCharsets.UTF_8));
  }

  /** Scheme, host and port that browsers load the pages from. */
  private String origin() {
    String url = services.settings().publicUrl().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
