package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.config.EmailSettings;
import porteria.config.NotificationSettings;
import porteria.config.WhatsAppSettings;
import porteria.db.Database;
import porteria.domain.MagicLinkTokens;
import porteria.domain.MessageKey;
import porteria.domain.UnsubscribeTokens;
import porteria.limits.RateBuckets;

/**
 * Tells families what they are owed: at once when {@link Addresses#NOTIFICATION_DUE} or {@link
 * Addresses#NOTIFICATION_QUEUED} hints, and at the latest by the next poll. Undeployed, it ends
 * what is under way.
 */
public final class NotificationVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(NotificationVerticle.class);

  private static final Duration FINISH_LIMIT = Duration.ofSeconds(10);

  private final NotificationSettings settings;
  private final WhatsAppSettings whatsApp;
  private final EmailSettings email;
  private final Database database;
  private final Bus bus;
  private final InstantSource clock;
  private final SendingLimits limits;
  private final Redis redis;
  private final Duration countLimit;
  private final MessageKey digests;
  private final AuditTrail trail;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
  private final MagicLinkTokens links;
  private final UnsubscribeTokens unsubscribing;
  private final boolean reported;
  private Supplier<Future<Void>> stopping = Future::succeededFuture;

  /**
   * @param limits one for all instances of this node
   * @param redis where all nodes count what they send
   * @param countLimit longer nobody waits for it
   * @param digests hides families' numbers there
   * @param links makes what a guardian's link carries
   * @param unsubscribing makes what a mail's link to unsubscribe carries
   * @param reported whether WhatsApp tells us what becomes of messages
   * @param trail where acts of staff are written down
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
      Duration countLimit,
      MessageKey digests,
      MagicLinkTokens links,
      UnsubscribeTokens unsubscribing,
      boolean reported,
      AuditTrail trail) {
    this.trail = trail;
    this.links = links;
    this.unsubscribing = unsubscribing;
    this.reported = reported;
    this.settings = settings;
    this.whatsApp = whatsApp;
    this.email = email;
    this.database = database;
    this.bus = bus;
    this.clock = clock;
    this.limits = limits;
    this.redis = redis;
    this.countLimit = countLimit;
    this.digests = digests;
  }

  @Override
  public Future<?> start() {
    MessageWords words = new MessageWords();
    MailTexts mails = new MailTexts(words);
    SchoolLooks looks = new SchoolLooks(database::workerQuery, clock);
    Senders senders =
        new Senders(
            vertx,
            settings,
            whatsApp,
            email,
            limits,
            RateBuckets.inRealTime(vertx, redis, countLimit),
            digests,
            clock,
            mails,
            looks,
            unsubscribing);
    SendingConnection expanding = SendingConnection.preparing(database, "porteria-expand");
    SendingConnection sending = SendingConnection.durable(database, "porteria-send");
    SendingConnection recording = SendingConnection.durable(database, "porteria-record");
    MessageFacts facts = new MessageFacts(links, words);
    NotificationRepository rows =
        new NotificationRepository(expanding, sending, recording, settings.staleAfter(), facts);
    SendingPauses pauses = new SendingPauses(rows, bus, clock);
    NotificationService service =
        new NotificationService(
            vertx,
            rows,
            new Upkeep(sending, database, settings, senders.people(), reported),
            pauses,
            clock);
    consumers.add(bus.on(Addresses.NOTIFICATION_DUE, due -> service.look()));
    consumers.add(bus.on(Addresses.NOTIFICATION_QUEUED, queued -> service.wakeChannels()));
    consumers.add(bus.on(Addresses.SENDING_CHANGED, changed -> service.pausesChanged()));
    serveStaff(new Previews(vertx, whatsApp.templates(), facts, mails, looks, clock));
    consumers.add(
        bus.answer(Addresses.SENDING_QUOTA, new DailyQuota(database, senders.people())::view));
    service.start(senders.queues(vertx, rows, service, pauses, settings, clock));
    Feedback feedback = new Feedback(bus, database, digests, clock, pauses, service::ended);
    long poll =
        vertx.setPeriodic(
            settings.poll().toMillis(),
            tick -> {
              service.poll();
              feedback.poll();
            });
    stopping =
        () ->
            Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .eventually(feedback::close)
                .compose(gone -> finish(service))
                .eventually(() -> Future.succeededFuture(vertx.cancelTimer(poll)))
                .eventually(senders::close)
                .eventually(
                    () -> Future.join(expanding.close(), sending.close(), recording.close()));
    return Future.succeededFuture();
  }

  private void serveStaff(Previews previews) {
    NotificationLookup lookup = new NotificationLookup(database, clock, settings.staleAfter());
    Retry retry = new Retry(database, trail, bus, clock, settings.staleAfter());
    PauseEnding ending = new PauseEnding(database, trail, bus);
    SendingState state = new SendingState(database, clock);
    consumers.add(bus.answer(Addresses.NOTIFICATION_FIND, lookup::find));
    consumers.add(bus.answer(Addresses.NOTIFICATION_VIEW, lookup::view));
    consumers.add(bus.answer(Addresses.NOTIFICATION_RETRY, retry::retry));
    consumers.add(bus.answer(Addresses.NOTIFICATION_PREVIEW, previews::of));
    consumers.add(bus.answer(Addresses.NOTIFICATION_RENDER, previews::render));
    consumers.add(bus.answer(Addresses.SENDING_VIEW, state::view));
    consumers.add(bus.answer(Addresses.SENDING_RESUME, ending::resume));
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
}
