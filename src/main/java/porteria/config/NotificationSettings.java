package porteria.config;

import java.time.Duration;

/**
 * Telling families.
 *
 * @param staleAfter a scan that reaches us later than this after it happened is not news
 * @param concurrency calls of one provider under way at once on one node
 * @param callTimeout how long a provider may take to answer
 * @param lease how long a claimed message stays with a sender that fell silent; longer than
 *     claiming, the call and recording its outcome may take
 * @param poll how often owed messages are looked for when no hint arrives
 * @param reconcileAfter how long the provider's word is awaited about a message whose outcome is
 *     not known, before it is sent once more
 * @param fallbackAfter a WhatsApp message that has not reached the phone after this is told by mail
 */
public record NotificationSettings(
    Duration staleAfter,
    int concurrency,
    Duration callTimeout,
    Duration lease,
    Duration poll,
    Duration reconcileAfter,
    Duration fallbackAfter) {

  static NotificationSettings from(ConfigReader reader, DatabaseSettings database) {
    NotificationSettings settings =
        new NotificationSettings(
            reader.duration("notification.stale-after", Duration.ofMinutes(1), Duration.ofDays(2)),
            reader.integer("notification.concurrency", 1, 2_000),
            reader.duration(
                "notification.call-timeout", Duration.ofMillis(100), Duration.ofSeconds(60)),
            reader.duration("notification.lease", Duration.ofSeconds(1), Duration.ofHours(4)),
            reader.duration("notification.poll", Duration.ofMillis(50), Duration.ofMinutes(1)),
            reader.duration(
                "notification.reconcile-after", Duration.ofMillis(100), Duration.ofHours(5)),
            reader.duration(
                "notification.fallback-after", Duration.ofSeconds(1), Duration.ofHours(2)));
    Duration longestWay = settings.callTimeout.plus(database.timeout().multipliedBy(2));
    if (settings.lease.compareTo(longestWay) <= 0) {
      reader.contradiction(
          "notification.lease must be longer than notification.call-timeout and twice"
              + " database.timeout together");
    }
    return settings;
  }
}
