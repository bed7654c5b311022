package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import porteria.bus.BroadcastPreview;
import porteria.bus.ViewQuota;
import porteria.config.EmailSettings;
import porteria.config.NotificationSettings;
import porteria.config.WhatsAppSettings;
import porteria.domain.Channel;
import porteria.domain.MessageKey;
import porteria.domain.UnsubscribeTokens;
import porteria.limits.RateBuckets;

/** The accounts that one verticle sends through. */
final class Senders {

  /** For Redis to count what is about to be sent. */
  private static final Duration COUNT_LIMIT = Duration.ofSeconds(1);

  private final List<Sender> all;
  private final RecipientLimits people;

  /**
   * @param redis where all nodes count what they send
   * @param digests hides families' numbers there
   */
  Senders(
      Vertx vertx,
      NotificationSettings sending,
      WhatsAppSettings whatsApp,
      EmailSettings email,
      SendingLimits limits,
      Redis redis,
      MessageKey digests,
      InstantSource clock,
      MailTexts mails,
      SchoolLooks looks,
      UnsubscribeTokens unsubscribing) {
    RateBuckets buckets = RateBuckets.inRealTime(vertx, redis, COUNT_LIMIT);
    String number = whatsApp.phoneNumberId();
    people = new RecipientLimits(buckets, digests, clock, whatsApp);
    all =
        List.of(
            sender(
                new WhatsAppClient(vertx, whatsApp, sending),
                new SenderRate(buckets, Channel.WHATSAPP, number, whatsApp.messagesPerSecond()),
                people,
                limits),
            sender(
                new EmailClient(vertx, email, sending, mails, looks, unsubscribing),
                new SenderRate(buckets, Channel.EMAIL, email.sender(), email.messagesPerSecond()),
                RecipientAdmission.ANY,
                limits));
  }

  /** A queue for each. */
  List<ChannelQueue> queues(
      Vertx vertx,
      NotificationRepository rows,
      NotificationService service,
      SendingPauses pauses,
      NotificationSettings settings,
      InstantSource clock) {
    Settling settling = new Settling(settings.reconcileAfter(), RandomGenerator.getDefault());
    return all.stream()
        .map(
            sender ->
                new ChannelQueue(
                    vertx,
                    sender,
                    rows,
                    service.outcomes(),
                    pauses,
                    settling,
                    settings.lease(),
                    clock,
                    service::checkFinished))
        .toList();
  }

  /** To how many people WhatsApp may still be sent today. */
  Future<BroadcastPreview.Quota> quota(ViewQuota asked) {
    return people.quota(asked.phones());
  }

  /** To how many more people broadcasts may go by WhatsApp now. */
  Future<Integer> placesForBroadcasts() {
    return people.placesForBroadcasts();
  }

  Future<Void> close() {
    return Future.join(all.stream().map(sender -> sender.client().close()).toList()).mapEmpty();
  }

  private static Sender sender(
      ChannelClient client, SenderRate rate, RecipientAdmission recipients, SendingLimits limits) {
    Channel channel = rate.channel();
    return new Sender(
        channel,
        client,
        limits.slots(channel),
        limits.health(channel),
        rate,
        recipients,
        new SendingMeters(limits.meters(), channel));
  }
}
