package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import porteria.config.NotificationSettings;
import porteria.db.Columns;
import porteria.db.Database;

/** What must be done about messages that nobody is calling for; as the worker role. */
final class Upkeep {

  /** As many of each kind are looked at by one statement. */
  static final int STAND_IN_LIMIT = 500;

  private static final int UNPARK_LIMIT = 1_000;

  private final Statements sending;
  private final Database database;
  private final NotificationSettings settings;
  private final CappedMessages capped;
  private final boolean reported;

  /**
   * @param people that WhatsApp may be sent to within a day
   * @param reported whether the provider tells us what reaches the phones: if it does not, a sent
   *     message is as good as delivered
   */
  Upkeep(
      Statements sending,
      Database database,
      NotificationSettings settings,
      DailyPeople people,
      boolean reported) {
    this.capped = new CappedMessages(sending, people);
    this.sending = sending;
    this.database = database;
    this.settings = settings;
    this.reported = reported;
  }

  /** Gives the provider all its time again for what it is to explain: nobody was there to hear. */
  Future<Void> bePatientAgain(Instant now) {
    return sending
        .run(
            SendingSql.BE_PATIENT_AGAIN, Tuple.of(Columns.utc(now.plus(settings.reconcileAfter()))))
        .mapEmpty();
  }

  /** Takes messages from senders that fell silent. */
  Future<Void> release(Instant now) {
    return sending
        .run(
            SendingSql.RELEASE,
            Tuple.of(Columns.utc(now), Columns.utc(now.plus(settings.reconcileAfter()))))
        .mapEmpty();
  }

  /**
   * Ends messages that nobody explained and that may not be sent once more, and stale ones.
   *
   * @return their ids
   */
  Future<List<UUID>> giveUp(Instant now) {
    return sending
        .run(SendingSql.GIVE_UP, Tuple.of(Columns.utc(now), Columns.utc(staleBefore(now))))
        .map(Upkeep::ids);
  }

  /** Queues what is parked although nothing is paused any more. */
  Future<Void> unpark() {
    return sending.run(SendingSql.UNPARK, Tuple.of(UNPARK_LIMIT)).mapEmpty();
  }

  /** Queues what waits for the next day's people and may be sent already. */
  Future<Void> uncap() {
    return capped.queue();
  }

  /**
   * Owes mails for WhatsApp messages that do not reach the phone.
   *
   * @return how many
   */
  Future<Integer> standIn(Instant now) {
    Duration patience = settings.fallbackAfter();
    Instant late = now.minus(patience);
    return sending
        .run(
            FallbackSql.STAND_IN,
            Tuple.of(
                Columns.utc(now),
                Columns.utc(staleBefore(now)),
                Columns.utc(reported ? late : Instant.EPOCH),
                Columns.utc(late)))
        .map(rows -> rows.iterator().next().getInteger("owed"));
  }

  /** Counts these against their addresses; the third is the last. */
  Future<Void> strike(List<ClaimedMessage> unreachable, Instant now) {
    return ContactStrikes.strike(database, unreachable, now);
  }

  private Instant staleBefore(Instant now) {
    return now.minus(settings.staleAfter());
  }

  private static List<UUID> ids(RowSet<Row> rows) {
    List<UUID> ids = new ArrayList<>(rows.size());
    rows.forEach(row -> ids.add(row.getUUID("id")));
    return ids;
  }
}
