package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.config.EmailSettings;
import porteria.config.NotificationSettings;
import porteria.config.WhatsAppSettings;
import porteria.db.Database;
import porteria.domain.Channel;
import porteria.domain.MagicLinkTokens;
import porteria.domain.MessageKey;
import porteria.limits.RateBuckets;

/**
 * Tells families what they are owed: at once when {@link Addresses#NOTIFICATION_DUE} hints, and at
 * the latest by the next poll. Undeployed, it ends what is under way.
 */
public final class NotificationVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(NotificationVerticle.class);

  /** For Redis to count what is about to be sent. */
  private static final Duration COUNT_LIMIT = Duration.ofSeconds(1);

  private static final Duration FINISH_LIMIT = Duration.ofSeconds(10);

  private final NotificationSettings settings;
  private final WhatsAppSettings whatsApp;
  private final EmailSettings email;
  private final Database database;
  private final Bus bus;
  private final InstantSource clock;
  private final SendingLimits limits;
  private final Redis redis;
  private final MessageKey digests;
  private final MagicLinkTokens links;
  private Supplier<Future<Void>> stopping = Future::succeededFuture;

  /**
   * @param limits one for all instances of this node
   * @param redis where all nodes count what they send
   * @param digests hides families' numbers there
   * @param links makes what a guardian's link carries
   */
  public NotificationVerticle(
      NotificationSettings settings,
      WhatsAppSettings whatsApp,
      EmailSettings email,
      Database database,
      Bus bus,
      InstantSource clock,
      SendingLimits limits,
      Redis redis,
      MessageKey digests,
      MagicLinkTokens links) {
    this.links = links;
    this.settings = settings;
    this.whatsApp = whatsApp;
    this.email = email;
    this.database = database;
    this.bus = bus;
    this.clock = clock;
    this.limits = limits;
    this.redis = redis;
    this.digests = digests;
  }

  @Override
  public Future<?> start() {
    Map<Channel, ChannelClient> clients =
        Map.of(
            Channel.WHATSAPP, new WhatsAppClient(vertx, whatsApp, settings),
            Channel.EMAIL, new EmailClient(vertx, email, settings));
    SendingConnection expanding = new SendingConnection(database, "porteria-expand");
    SendingConnection sending = new SendingConnection(database, "porteria-send");
    NotificationRepository rows =
        new NotificationRepository(expanding, sending, settings.staleAfter(), links);
    SendingPauses pauses = new SendingPauses(rows, bus, clock);
    NotificationService service =
        new NotificationService(rows, new Upkeep(sending, settings, false), pauses, clock);
    List<MessageConsumer<Object>> hints =
        List.of(
            bus.on(Addresses.NOTIFICATION_DUE, due -> service.look()),
            bus.on(Addresses.SENDING_CHANGED, changed -> service.pausesChanged()));
    service.start(
        senders(clients).stream().map(sender -> queue(sender, rows, service, pauses)).toList());
    long poll = vertx.setPeriodic(settings.poll().toMillis(), tick -> service.poll());
    stopping =
        () ->
            Future.join(hints.stream().map(MessageConsumer::unregister).toList())
                .compose(gone -> finish(service))
                .eventually(() -> Future.succeededFuture(vertx.cancelTimer(poll)))
                .eventually(() -> close(clients))
                .eventually(() -> Future.join(expanding.close(), sending.close()));
    return Future.succeededFuture();
  }

  private List<Sender> senders(Map<Channel, ChannelClient> clients) {
    RateBuckets buckets = RateBuckets.inRealTime(vertx, redis, COUNT_LIMIT);
    String number = whatsApp.phoneNumberId();
    return List.of(
        sender(
            clients,
            new SenderRate(buckets, Channel.WHATSAPP, number, whatsApp.messagesPerSecond()),
            new RecipientLimits(buckets, digests, clock, number, whatsApp.dailyUsers())),
        sender(
            clients,
            new SenderRate(buckets, Channel.EMAIL, email.sender(), email.messagesPerSecond()),
            RecipientAdmission.ANY));
  }

  private Sender sender(
      Map<Channel, ChannelClient> clients, SenderRate rate, RecipientAdmission recipients) {
    Channel channel = rate.channel();
    return new Sender(
        channel,
        Objects.requireNonNull(clients.get(channel)),
        limits.slots(channel),
        limits.health(channel),
        rate,
        recipients,
        new SendingMeters(limits.meters(), channel));
  }

  private ChannelQueue queue(
      Sender sender,
      NotificationRepository rows,
      NotificationService service,
      SendingPauses pauses) {
    return new ChannelQueue(
        vertx,
        sender,
        rows,
        service.outcomes(),
        pauses,
        new Settling(
            settings.staleAfter(), settings.reconcileAfter(), RandomGenerator.getDefault()),
        settings.lease(),
        clock,
        service::checkFinished);
  }

  @Override
  public Future<?> stop() {
    return stopping.get();
  }

  /** The poll goes on meanwhile: it writes outcomes that the database did not take before. */
  private static Future<Void> finish(NotificationService service) {
    return service
        .finish()
        .timeout(FINISH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(late -> LOG.warn("stopped with calls under way; their leases will expire"))
        .otherwiseEmpty();
  }

  private static Future<Void> close(Map<Channel, ChannelClient> clients) {
    return Future.join(clients.values().stream().map(ChannelClient::close).toList()).mapEmpty();
  }
}
