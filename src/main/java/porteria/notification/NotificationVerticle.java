package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
import porteria.domain.UnsubscribeTokens;

/**
 * Tells families what they are owed: at once when {@link Addresses#NOTIFICATION_DUE} hints, and at
 * the latest by the next poll. Undeployed, it ends what is under way.
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
  private final SendSlots slots;
  private final MagicLinkTokens links;
  private final UnsubscribeTokens unsubscribing;
  private final MessageKey senders;
  private Supplier<Future<Void>> stopping = Future::succeededFuture;

  /**
   * @param slots one for all instances of this node
   * @param links makes what a guardian's link carries
   * @param unsubscribing makes what a mail's link to unsubscribe carries
   * @param senders hashes phones that wrote back
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
      UnsubscribeTokens unsubscribing,
      MessageKey senders) {
    this.links = links;
    this.unsubscribing = unsubscribing;
    this.senders = senders;
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
    Map<Channel, ChannelClient> clients =
        Map.of(
            Channel.WHATSAPP, new WhatsAppClient(vertx, whatsApp, settings),
            Channel.EMAIL, new EmailClient(vertx, email, settings, unsubscribing));
    SendingConnection expanding = new SendingConnection(database, "porteria-expand");
    SendingConnection sending = new SendingConnection(database, "porteria-send");
    NotificationRepository rows =
        new NotificationRepository(expanding, sending, settings.staleAfter(), links);
    NotificationService service = new NotificationService(rows, clients, settings, clock, slots);
    MessageConsumer<Object> hints = bus.on(Addresses.NOTIFICATION_DUE, due -> service.look());
    Feedback feedback = new Feedback(bus, database, senders, clock, service::look);
    long poll =
        vertx.setPeriodic(
            settings.poll().toMillis(),
            tick -> {
              service.poll();
              feedback.poll();
            });
    service.poll();
    stopping =
        () ->
            hints
                .unregister()
                .eventually(feedback::close)
                .compose(gone -> finish(service))
                .eventually(() -> Future.succeededFuture(vertx.cancelTimer(poll)))
                .eventually(() -> close(clients))
                .eventually(() -> Future.join(expanding.close(), sending.close()));
    return Future.succeededFuture();
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
