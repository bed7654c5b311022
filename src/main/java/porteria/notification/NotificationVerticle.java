package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import porteria.domain.Channel;
import porteria.domain.MagicLinkTokens;

/**
 * Tells families what they are owed: at once when {@link Addresses#NOTIFICATION_DUE} hints, and at
 * the latest by the next poll. Undeployed, it ends what is under way.
 */
public final class NotificationVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(NotificationVerticle.class);

  /** How soon each node notices that another began or ended a pause. */
  private static final Duration PAUSE_WATCH = Duration.ofSeconds(2);

  private static final Duration FINISH_LIMIT = Duration.ofSeconds(10);

  private final NotificationSettings settings;
  private final WhatsAppSettings whatsApp;
  private final EmailSettings email;
  private final Database database;
  private final Bus bus;
  private final InstantSource clock;
  private final SendSlots slots;
  private final AuditTrail trail;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
  private final MagicLinkTokens links;
  private Supplier<Future<Void>> stopping = Future::succeededFuture;

  /**
   * @param slots one for all instances of this node
   * @param links makes what a guardian's link carries
   * @param trail where acts of staff are written down
   */
  public NotificationVerticle(
      NotificationSettings settings,
      WhatsAppSettings whatsApp,
      EmailSettings email,
      Database database,
      Bus bus,
      InstantSource clock,
      SendSlots slots,
      MagicLinkTokens links,
      AuditTrail trail) {
    this.trail = trail;
    this.links = links;
    this.settings = settings;
    this.whatsApp = whatsApp;
    this.email = email;
    this.database = database;
    this.bus = bus;
    this.clock = clock;
    this.slots = slots;
  }

  @Override
  public Future<?> start() {
    MessageWords words = new MessageWords();
    MailTexts mails = new MailTexts(words);
    SchoolLooks looks = new SchoolLooks(database::workerQuery, clock);
    Map<Channel, ChannelClient> clients =
        Map.of(
            Channel.WHATSAPP, new WhatsAppClient(vertx, whatsApp, settings),
            Channel.EMAIL, new EmailClient(vertx, email, settings, mails, looks));
    SendingConnection expanding = new SendingConnection(database, "porteria-expand");
    SendingConnection sending = new SendingConnection(database, "porteria-send");
    MessageFacts facts = new MessageFacts(links, words);
    NotificationRepository rows =
        new NotificationRepository(expanding, sending, settings.staleAfter(), facts);
    NotificationService service = new NotificationService(rows, clients, settings, clock, slots);
    MessageConsumer<Object> hints = bus.on(Addresses.NOTIFICATION_DUE, due -> service.look());
    long poll = vertx.setPeriodic(settings.poll().toMillis(), tick -> service.poll());
    service.poll();
    SendingPauses pauses = new SendingPauses(database, trail, bus);
    serveStaff(pauses, new Previews(vertx, whatsApp.templates(), facts, mails, looks, clock));
    long watch = vertx.setPeriodic(PAUSE_WATCH.toMillis(), tick -> pauses.look());
    stopping =
        () ->
            hints
                .unregister()
                .compose(
                    gone ->
                        Future.join(consumers.stream().map(MessageConsumer::unregister).toList()))
                .compose(gone -> finish(service))
                .eventually(() -> Future.succeededFuture(vertx.cancelTimer(poll)))
                .eventually(() -> Future.succeededFuture(vertx.cancelTimer(watch)))
                .eventually(() -> close(clients))
                .eventually(() -> Future.join(expanding.close(), sending.close()));
    return Future.succeededFuture();
  }

  private void serveStaff(SendingPauses pauses, Previews previews) {
    NotificationLookup lookup = new NotificationLookup(database, clock, settings.staleAfter());
    Retry retry = new Retry(database, trail, bus, clock, settings.staleAfter());
    SendingState state = new SendingState(database, clock);
    consumers.add(bus.answer(Addresses.NOTIFICATION_FIND, lookup::find));
    consumers.add(bus.answer(Addresses.NOTIFICATION_VIEW, lookup::view));
    consumers.add(bus.answer(Addresses.NOTIFICATION_RETRY, retry::retry));
    consumers.add(bus.answer(Addresses.NOTIFICATION_PREVIEW, previews::of));
    consumers.add(bus.answer(Addresses.SENDING_VIEW, state::view));
    consumers.add(bus.answer(Addresses.SENDING_RESUME, pauses::resume));
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
