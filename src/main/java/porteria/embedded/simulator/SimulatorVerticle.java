package porteria.embedded.simulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the rooms together and opens the door. */
final class SimulatorVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(SimulatorVerticle.class);
  private static final long MOST_BYTES = 256L << 20;
  private static final long LONGEST_BODY = 10L << 20;
  private static final int IDLE_SECONDS = 300;

  private final SimulatorOptions options;
  private final TemplateCatalogue templates;
  private final Inbox inbox;
  private final Faults faults;
  private final MessageIds ids = new MessageIds();
  private Optional<Journal> journal = Optional.empty();
  private Optional<HttpServer> server = Optional.empty();
  private Optional<WebhookCaller> webhooks = Optional.empty();
  private volatile int port;

  SimulatorVerticle(SimulatorOptions options) {
    this.options = options;
    this.templates = new TemplateCatalogue(options.templates());
    this.inbox =
        new Inbox(
            options.maxMessages(), Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4));
    this.faults = new Faults(options.random());
  }

  /** The port it listens on, once it is deployed. */
  int port() {
    return port;
  }

  @Override
  public Future<?> start() {
    options.webhookBase().ifPresent(this::call);
    return openJournal()
        .compose(opened -> listen())
        .recover(cause -> stop().transform(stopped -> Future.failedFuture(cause)));
  }

  /** Calls this server from now on. */
  Future<Void> callBack(URI base) {
    Promise<Void> changed = Promise.promise();
    context.runOnContext(
        now -> {
          webhooks.ifPresent(WebhookCaller::close);
          call(base);
          changed.complete();
        });
    return changed.future();
  }

  private void call(URI base) {
    webhooks =
        Optional.of(new WebhookCaller(vertx, base, options.phoneNumberId(), options.appSecret()));
  }

  @Override
  public Future<Void> stop() {
    // The server first: what it accepts until then still reaches the journal.
    return server
        .map(HttpServer::close)
        .orElseGet(Future::succeededFuture)
        .eventually(
            () -> {
              webhooks.ifPresent(WebhookCaller::close);
              return journal.map(Journal::close).orElseGet(Future::succeededFuture);
            });
  }

  private Future<Void> openJournal() {
    if (options.journal().isEmpty()) {
      return Future.succeededFuture();
    }
    return Journal.open(vertx, options.journal().get(), inbox, templates)
        .onSuccess(opened -> journal = Optional.of(opened))
        .mapEmpty();
  }

  private Future<HttpServer> listen() {
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(options.port())
                .setIdleTimeout(IDLE_SECONDS))
        .requestHandler(router())
        .listen()
        .onSuccess(
            opened -> {
              server = Optional.of(opened);
              port = opened.actualPort();
              log.info("Provider simulator listens on port {}", port);
            });
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
    FaultPlayer player = new FaultPlayer(vertx);
    WhatsAppApi whatsApp =
        new WhatsAppApi(
            options, templates, faults, player, ids, this::whatsAppAccepted, this::whatsAppLost);
    SesApi ses = new SesApi(options, faults, player, ids, this::keep);
    router.post("/v2/email/outbound-emails").handler(ses::send);
    router.postWithRegex("/v[0-9]+\\.[0-9]+/(?<phone>[^/]+)/messages").handler(whatsApp::send);
    TemplatesApi shown = new TemplatesApi(options);
    router.getWithRegex("/v[0-9]+\\.[0-9]+/[0-9]+/message_templates").handler(shown::list);
    router.put("/templates").handler(shown::change);
    router.delete("/templates").handler(shown::restore);
    readers(router);
    FaultsApi faultsApi = new FaultsApi(faults);
    router.put("/faults").handler(faultsApi::put);
    router.get("/faults").handler(faultsApi::list);
    router.delete("/faults").handler(faultsApi::delete);
    router
        .post("/phones/:number/reply")
        .handler(new PhonesApi(() -> webhooks, ids, options.clock())::reply);
    router.route().failureHandler(SimulatorVerticle::failed);
    return router;
  }

  private void readers(Router router) {
    MessagesApi messages =
        new MessagesApi(
            vertx, inbox, () -> webhooks, () -> journal.ifPresent(Journal::appendCleared));
    router.get("/messages").handler(messages::list);
    router.get("/messages/stats").handler(messages::stats);
    router.delete("/messages").handler(messages::clear);
    InboxPages pages =
        new InboxPages(new InboxReader(inbox), faults, options.clock(), () -> webhooks.isPresent());
    router.get("/").handler(pages::inbox);
    router.get("/inbox.css").handler(pages::style);
    router.get("/messages/:id/html").handler(pages::mail);
  }

  /** Such a message is not in the inbox: no family reads it. */
  private void whatsAppLost(WhatsAppMessage message, int code) {
    long at = message.receivedAt() / 1000;
    webhooks.ifPresent(caller -> caller.tell(new WebhookEvent.Failed(message, code, at)));
  }

  private void whatsAppAccepted(WhatsAppMessage message) {
    keep(message);
    long at = message.receivedAt() / 1000;
    webhooks.ifPresent(
        caller -> caller.tell(new WebhookEvent.Status(message, WebhookEvent.Status.SENT, at)));
  }

  private void keep(Message message) {
    inbox.add(message);
    journal.ifPresent(file -> file.append(message));
  }

  private static void failed(RoutingContext routing) {
    int status = routing.statusCode() < 400 ? 500 : routing.statusCode();
    if (status >= 500) {
      HttpMethod method = routing.request().method();
      log.error("{} {} failed", method, routing.normalizedPath(), routing.failure());
    }
    Answer.json(status, "{\"error\":\"the simulator could not serve this call\"}")
        .send(routing.response());
  }
}
