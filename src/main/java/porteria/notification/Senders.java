package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import porteria.config.EmailSettings;
import porteria.config.NotificationSettings;
import porteria.config.WhatsAppSettings;
import porteria.domain.Channel;
import porteria.domain.MessageKey;
import porteria.domain.UnsubscribeTokens;
import porteria.limits.RateBuckets;

/** The accounts that one verticle sends through. */
final class Senders {

  private final List<Sender> all;
  private final RecipientLimits people;

  /**
   * @param buckets where all nodes count what they send
   * @param digests hides families' numbers there
   */
  Senders(
      Vertx vertx,
      NotificationSettings sending,
      WhatsAppSettings whatsApp,
      EmailSettings email,
      SendingLimits limits,
      RateBuckets buckets,
      MessageKey digests,
      InstantSource clock,
      MailTexts mails,
      SchoolLooks looks,
      UnsubscribeTokens unsubscribing) {
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

  /** Whom WhatsApp may be sent to within a day. */
  RecipientLimits people() {
    return people;
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
