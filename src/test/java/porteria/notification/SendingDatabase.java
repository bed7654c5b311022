package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import porteria.config.DatabaseSettings;
import porteria.config.NotificationSettings;
import porteria.db.Database;
import porteria.domain.Cause;
import porteria.domain.Channel;
import porteria.domain.MagicLinkTokens;
import porteria.domain.UnsubscribeTokens;
import porteria.embedded.PostgresAccess;
import porteria.outbox.Outbox;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.Sql;
import porteria.testkit.TestSecurity;
import porteria.testkit.TestServers;

/** A fresh, migrated database with the ways in that these tests need. */
final class SendingDatabase implements AutoCloseable {

  static final UnsubscribeTokens UNSUBSCRIBING =
      new UnsubscribeTokens(URI.create("http://localhost:8080"), List.of(TestSecurity.KEY.bytes()));

  static final MagicLinkTokens LINKS =
      new MagicLinkTokens(URI.create("http://localhost:8080"), TestSecurity.KEY.bytes());

  static final MessageFacts FACTS = new MessageFacts(LINKS, new MessageWords());

  /** Of an account that may not be sent from to anybody more. */
  static final DailyPeople NO_ROOM =
      new DailyPeople() {
        @Override
        public Future<Integer> placesForBroadcasts() {
          return Future.succeededFuture(0);
        }

        @Override
        public Future<List<Boolean>> known(List<String> addresses) {
          return Future.succeededFuture(Collections.nCopies(addresses.size(), false));
        }
      };

  final Vertx vertx = Vertx.vertx();
  final Database database;
  final SchoolRecords records;
  final NotificationRepository rows;
  private final PostgresAccess superuser;

  /** Does not wait for a provider's word. */
  final Upkeep upkeep;

  SendingDatabase(TestServers servers) throws SQLException {
    DatabaseSettings settings = MigratedDatabase.create(servers);
    database = Database.open(vertx, settings);
    superuser = servers.superuser().onDatabase(settings.database());
    records = new SchoolRecords(superuser);
    rows =
        new NotificationRepository(
            database::workerQuery,
            database::workerQuery,
            database::workerQuery,
            Duration.ofHours(2),
            FACTS);
    upkeep =
        new Upkeep(
            database::workerQuery,
            database,
            new NotificationSettings(
                Duration.ofHours(2),
                8,
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofMinutes(5)),
            NO_ROOM,
            true);
  }

  /** A connection that begins a transaction, which ends when it is closed. */
  Sql transaction() {
    Sql connection = new Sql(superuser);
    connection.lines("BEGIN");
    return connection;
  }

  /** Claims of either channel, after what silent senders left was taken from them. */
  Future<List<ClaimedMessage>> claim(Instant now, Instant until, int limit) {
    return claim(rows, now, until, limit);
  }

  Future<List<ClaimedMessage>> claim(
      NotificationRepository sender, Instant now, Instant until, int limit) {
    List<ClaimedMessage> all = new ArrayList<>();
    return upkeep
        .release(now)
        .compose(released -> sender.claim(Channel.WHATSAPP, 9, now, until, limit))
        .onSuccess(all::addAll)
        .compose(some -> sender.claim(Channel.EMAIL, 9, now, until, limit - all.size()))
        .onSuccess(all::addAll)
        .map(all);
  }

  /** Gives up, after what silent senders left was taken from them. */
  Future<List<UUID>> giveUp(Instant now) {
    return upkeep.release(now).compose(released -> upkeep.giveUp(now));
  }

  /** Annuls an event as the attendance pages do: marks it and withdraws what it owes. */
  Future<Boolean> annul(UUID school, UUID event, Cause cause) {
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(
                    "UPDATE attendance_event SET annulled_at = received_at, annul_reason = 'test'"
                        + " WHERE school_id = $1 AND id = $2")
                .execute(Tuple.of(school, event))
                .compose(marked -> Outbox.annul(connection, school, event, cause)));
  }

  @Override
  public void close() throws SQLException {
    database.close().await();
    vertx.close().await();
    records.close();
  }
}
