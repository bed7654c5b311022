package porteria;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import porteria.audit.AuditTrail;
import porteria.bus.Bus;
import porteria.config.Settings;
import porteria.db.Database;
import porteria.device.DeviceRecords;
import porteria.device.DeviceService;
import porteria.device.EnrolmentService;
import porteria.http.HttpServices;
import porteria.http.HttpVerticle;
import porteria.identity.AccessTokens;
import porteria.identity.Passwords;
import porteria.identity.SchoolDirectory;
import porteria.identity.SessionService;
import porteria.identity.StaffService;
import porteria.live.LiveVerticle;
import porteria.notification.NotificationVerticle;
import porteria.notification.SendSlots;
import porteria.photo.PhotoRetention;
import porteria.photo.PhotoService;
import porteria.photo.PhotoStorage;
import porteria.scan.ScanVerticle;

/**
 * One node: everything that runs once the schema is up to date. Deployed from the inside out, so
 * that the door opens last, and closed from the outside in.
 */
public final class Server {

  private static final long BUS_DEADLINE_MILLIS = 8_000;

  private final Vertx vertx;
  private final Settings settings;
  private final InstantSource clock;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Bus bus;
  private final Database database;
  private final Redis redis;
  private final PhotoStorage photos;

  /** Ours alone, the last first: others may have deployed on this Vert.x too. */
  private final Deque<String> deployments = new ConcurrentLinkedDeque<>();

  private @Nullable HttpVerticle http;

  /** Stops looking for photos to delete. */
  private Runnable retention = () -> {};

  private Server(Vertx vertx, Settings settings, InstantSource clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.bus = Bus.on(vertx, BUS_DEADLINE_MILLIS);
    this.database = Database.open(vertx, settings.database());
    this.redis = Redis.createClient(vertx, settings.redis().url().value());
    this.photos = PhotoStorage.open(vertx, settings.storage());
  }

  /**
   * Starts a node.
   *
   * @param vertx of this node; one node at most lives on it
   * @return the node, listening
   */
  public static Future<Server> start(Vertx vertx, Settings settings, InstantSource clock) {
    Server server = new Server(vertx, settings, clock);
    return server
        .deployScan()
        .compose(deployed -> server.deployNotification())
        .compose(deployed -> server.deployLive())
        .compose(deployed -> server.deployHttp())
        .onSuccess(deployed -> server.keepRetention())
        .map(server);
  }

  /** The port it listens on. */
  public int port() {
    return Objects.requireNonNull(http, "no http verticle runs on this node").port();
  }

  /** Stops listening, finishes what was taken, and lets go of the database. */
  public Future<Void> close() {
    Future<Void> closed = Future.succeededFuture();
    for (String deployment : deployments) {
      closed = closed.eventually(() -> vertx.undeploy(deployment));
    }
    retention.run();
    return closed.eventually(photos::close).eventually(database::close).eventually(redis::close);
  }

  private void keepRetention() {
    retention = new PhotoRetention(database, photos, settings.photo(), clock).start(vertx);
  }

  private Future<?> deployScan() {
    return deploy(
        settings.verticles().scan(),
        () ->
            ScanVerticle.create(
                bus,
                database,
                clock,
                settings.scan(),
                settings.security(),
                settings.notification().staleAfter()));
  }

  private Future<?> deployNotification() {
    SendSlots slots = new SendSlots(settings.notification().concurrency());
    return deploy(
        settings.verticles().notification(),
        () ->
            new NotificationVerticle(
                settings.notification(),
                settings.whatsApp(),
                settings.email(),
                database,
                bus,
                clock,
                slots));
  }

  private Future<?> deployLive() {
    return deploy(settings.verticles().live(), () -> new LiveVerticle(bus, settings.live().tick()));
  }

  private Future<?> deployHttp() {
    AccessTokens tokens = new AccessTokens(settings.security(), clock);
    SessionService sessions = new SessionService(database, settings.security(), tokens, clock);
    AuditTrail audit = new AuditTrail(clock);
    HttpServices services =
        new HttpServices(
            settings,
            clock,
            bus,
            redis,
            new DeviceService(database, settings.security(), clock),
            new EnrolmentService(database, settings.security(), audit, clock),
            new DeviceRecords(database, audit, clock),
            new PhotoService(database, photos, audit, settings.photo(), clock),
            new StaffService(database, new Passwords(vertx), sessions, settings.security(), clock),
            sessions,
            new SchoolDirectory(database),
            tokens,
            meters,
            new Probes(vertx, database, redis, settings.storage()).all(),
            version());
    return deploy(
        settings.verticles().http(),
        () -> {
          http = new HttpVerticle(services);
          return http;
        });
  }

  private Future<?> deploy(int instances, Supplier<VerticleBase> verticle) {
    return instances == 0
        ? Future.succeededFuture()
        : vertx
            .deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
            .onSuccess(deployments::addFirst);
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Server.class.getPackage().getImplementationVersion(), "development");
  }
}
