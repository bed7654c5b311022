package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.InstantSource;
import java.util.List;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.db.Database;
import porteria.domain.MessageKey;

/** What comes back: reports of providers, and what families want. Wiring alone. */
final class Feedback {

  private final DeliveryReports reports;
  private final List<MessageConsumer<Object>> consumers;

  /**
   * @param key hashes phones, which are kept across schools
   * @param ended told when a message failed, or came to its end whose cause was annulled meanwhile
   */
  Feedback(
      Bus bus,
      Database database,
      MessageKey key,
      InstantSource clock,
      SendingPauses pauses,
      Runnable ended) {
    reports = new DeliveryReports(database, clock, pauses, ended);
    FamilyWishes wishes = new FamilyWishes(database, key, clock);
    MailSubscriptions subscriptions = new MailSubscriptions(database, clock);
    consumers =
        List.of(
            bus.answer(Addresses.NOTIFICATION_REPORT, reports::store),
            bus.answer(Addresses.NOTIFICATION_HEED, wishes::heed),
            bus.answer(Addresses.NOTIFICATION_SUBSCRIPTION, subscriptions::view),
            bus.answer(Addresses.NOTIFICATION_UNSUBSCRIBE, subscriptions::end));
  }

  /** The net under the wakes: what was stored by others, and what is looked at again. */
  void poll() {
    reports.look();
  }

  /** Takes no more, and ends what is under way. */
  Future<Void> close() {
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .transform(gone -> reports.finish());
  }
}
