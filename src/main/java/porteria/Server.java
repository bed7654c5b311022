package porteria;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import porteria.absence.Absences;
import porteria.absence.AttachmentRetention;
import porteria.audit.AuditLog;
import porteria.audit.AuditTrail;
import porteria.broadcast.BroadcastVerticle;
import porteria.bus.Bus;
import porteria.config.Secret;
import porteria.config.Settings;
import porteria.db.Database;
import porteria.device.DeviceRecords;
import porteria.device.DeviceService;
import porteria.device.EnrolmentService;
import porteria.domain.CardTokens;
import porteria.domain.Channel;
import porteria.domain.MagicLinkTokens;
import porteria.domain.MessageKey;
import porteria.domain.UnsubscribeTokens;
import porteria.http.HttpVerticle;
import porteria.http.door.CardServices;
import porteria.http.door.HttpServices;
import porteria.http.door.ParentServices;
import porteria.identity.AccessTokens;
import porteria.identity.MagicLinkRedemption;
import porteria.identity.MagicLinkService;
import porteria.identity.ParentDirectory;
import porteria.identity.ParentSessions;
import porteria.identity.ParentTokens;
import porteria.identity.Passwords;
import porteria.identity.SchoolDirectory;
import porteria.identity.SecondFactor;
import porteria.identity.SessionService;
import porteria.identity.StaffAccounts;
import porteria.identity.StaffService;
import porteria.live.LiveVerticle;
import porteria.notification.NotificationVerticle;
import porteria.notification.SendingLimits;
import porteria.photo.PhotoRetention;
import porteria.photo.PhotoService;
import porteria.roster.Roster;
import porteria.scan.ScanVerticle;
import porteria.schedule.ScheduleVerticle;
import porteria.school.GateRecords;
import porteria.school.SchoolRecords;
import porteria.school.UsualTerms;
import porteria.storage.ObjectStorage;
import porteria.tag.CardPrinting;
import porteria.tag.CardUris;
import porteria.tag.FoundCards;
import porteria.tag.ScreenQrService;
import porteria.tag.StickerService;
import porteria.tag.TagRecords;
import porteria.webhook.SnsOverHttps;
import porteria.webhook.SnsResources;

/**
 * One node: everything that runs once the schema is up to date. Deployed from the inside out, so
 * that the door opens last, and closed from the outside in.
 */
public final class Server {

  private static final long BUS_DEADLINE_MILLIS = 8_000;

  /** For Redis to count what is about to be sent. */
  private static final Duration COUNT_LIMIT = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Settings settings;
  private final InstantSource clock;
  private final SnsResources amazon;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Bus bus;
  private final Database database;
  private final AuditTrail trail;
  private final Redis redis;
  private final ObjectStorage files;

  /** Ours alone, the last first: others may have deployed on this Vert.x too. */
  private final Deque<String> deployments = new ConcurrentLinkedDeque<>();

  private @Nullable HttpVerticle http;

  /** Stops looking for files to delete. */
  private Runnable retention = () -> {};

  private Server(Vertx vertx, Settings settings, InstantSource clock, SnsResources amazon) {
    this.amazon = amazon;
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.bus = Bus.on(vertx, BUS_DEADLINE_MILLIS);
    this.database = Database.open(vertx, settings.database());
    this.trail = new AuditTrail(clock);
    this.redis = Redis.createClient(vertx, settings.redis().url().value());
    this.files = ObjectStorage.open(vertx, settings.storage());
  }

  /**
   * Starts a node.
   *
   * @param vertx of this node; one node at most lives on it
   * @return the node, listening
   */
  public static Future<Server> start(Vertx vertx, Settings settings, InstantSource clock) {
    return start(vertx, settings, clock, new SnsOverHttps(vertx));
  }

  /**
   * Starts a node.
   *
   * @param amazon reaches what messages of SNS refer to
   * @return the node, listening
   */
  public static Future<Server> start(
      Vertx vertx, Settings settings, InstantSource clock, SnsResources amazon) {
    Server server = new Server(vertx, settings, clock, amazon);
    return server
        .deployScan()
        .compose(deployed -> server.deployNotification())
        .compose(deployed -> server.deploySchedule())
        .compose(deployed -> server.deployBroadcast())
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
    return closed.eventually(files::close).eventually(database::close).eventually(redis::close);
  }

  private void keepRetention() {
    Runnable photos = new PhotoRetention(database, files, settings.photo(), clock).start(vertx);
    Runnable documents =
        new AttachmentRetention(database, files, settings.photo(), clock).start(vertx);
    retention =
        () -> {
          photos.run();
          documents.run();
        };
  }

  private Future<?> deployScan() {
    return deploy(
        settings.verticles().scan(),
        () ->
            ScanVerticle.create(
                bus,
                database,
                trail,
                clock,
                settings.scan(),
                settings.security(),
                settings.notification().staleAfter()));
  }

  private Future<?> deployNotification() {
    SendingLimits limits = new SendingLimits(settings.notification(), meters);
    MessageKey digests =
        new MessageKey(
            new MessageKey(settings.security().secretKey().bytes())
                .authenticate("porteria recipients".getBytes(StandardCharsets.UTF_8)));
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
                limits,
                redis,
                COUNT_LIMIT,
                digests,
                magicLinks(),
                unsubscribing(),
                settings.webhooks().whatsApp().isPresent(),
                trail));
  }

  private Future<?> deploySchedule() {
    return deploy(
        settings.verticles().schedule(),
        () ->
            new ScheduleVerticle(
                bus, database, trail, clock, settings.noShow(), settings.device().darkAfter()));
  }

  private Future<?> deployBroadcast() {
    return deploy(
        settings.verticles().broadcast(),
        () ->
            new BroadcastVerticle(
                bus,
                database,
                trail,
                clock,
                settings.notification().poll(),
                Map.of(
                    Channel.WHATSAPP,
                    settings.whatsApp().messagesPerSecond(),
                    Channel.EMAIL,
                    settings.email().messagesPerSecond()),
                meters));
  }

  private Future<?> deployLive() {
    return deploy(settings.verticles().live(), () -> new LiveVerticle(bus, settings.live().tick()));
  }

  private Future<?> deployHttp() {
    AccessTokens tokens = new AccessTokens(settings.security(), clock);
    SessionService sessions =
        new SessionService(database, trail, settings.security(), tokens, clock);
    Passwords passwords = new Passwords(vertx);
    StaffAccounts accounts = new StaffAccounts(database, trail, passwords, clock);
    SecondFactor secondFactor =
        new SecondFactor(database, trail, sessions, settings.security(), clock);
    HttpServices services =
        new HttpServices(
            settings,
            clock,
            bus,
            redis,
            new DeviceService(database, settings.security(), clock),
            new EnrolmentService(database, settings.security(), trail, clock),
            new DeviceRecords(database, trail, bus, settings.device(), clock),
            new SchoolRecords(database, trail, bus, UsualTerms.of(settings)),
            new GateRecords(database, trail),
            Roster.in(vertx, database, trail, bus, clock),
            cards(trail),
            new PhotoService(database, files, trail, settings.photo(), clock),
            Absences.in(database, files, trail, bus, settings.photo(), clock),
            new StaffService(
                database, passwords, sessions, accounts, secondFactor, settings.security(), clock),
            accounts,
            secondFactor,
            sessions,
            new SchoolDirectory(database),
            new AuditLog(database, trail),
            parents(trail),
            amazon,
            unsubscribing(),
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

  private CardServices cards(AuditTrail audit) {
    CardTokens tokens =
        new CardTokens(
            settings.security().tagSecrets().stream().map(Secret::bytes).toList(),
            settings.security().tagSigningKey().bytes());
    CardUris uris = new CardUris(settings.publicUrl(), tokens, settings.cards().signUris());
    return new CardServices(
        new StickerService(database, tokens, uris, audit, clock),
        new TagRecords(database, audit, clock),
        new ScreenQrService(database, tokens, settings.cards().qrLife(), audit, clock),
        new CardPrinting(vertx, database, tokens, uris, audit, clock),
        new FoundCards(database, tokens));
  }

  private Future<?> deploy(int instances, Supplier<VerticleBase> verticle) {
    return instances == 0
        ? Future.succeededFuture()
        : vertx
            .deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
            .onSuccess(deployments::addFirst);
  }

  private ParentServices parents(AuditTrail audit) {
    ParentSessions sessions = new ParentSessions(database, audit, settings.security(), clock);
    return new ParentServices(
        new MagicLinkService(database, settings.database(), magicLinks(), clock),
        new MagicLinkRedemption(database, magicLinks(), sessions, audit, clock),
        sessions,
        new ParentTokens(settings.security(), clock),
        new ParentDirectory(database));
  }

  private UnsubscribeTokens unsubscribing() {
    return new UnsubscribeTokens(
        settings.publicUrl(),
        settings.security().secretKeys().stream().map(Secret::bytes).toList());
  }

  private MagicLinkTokens magicLinks() {
    return new MagicLinkTokens(settings.publicUrl(), settings.security().secretKey().bytes());
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Server.class.getPackage().getImplementationVersion(), "development");
  }
}
