package porteria.broadcast;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.NotificationQueued;
import porteria.db.Database;

/** Turns frozen recipients into messages, chunk by chunk; other nodes do the same beside it. */
final class Expansion {

  /** Behind alerts (0) and behind answers to a family (1). */
  static final short LANE = 2;

  /** Recipients of one statement, which is a transaction of its own. */
  static final int CHUNK = 500;

  private final Database database;
  private final Bus bus;
  private final InstantSource clock;
  private final BroadcastMeters meters;
  private Instant nextForgetting = Instant.MIN;

  /** One broadcast of one school. */
  record Key(UUID schoolId, UUID id) {}

  Expansion(Database database, Bus bus, InstantSource clock, BroadcastMeters meters) {
    this.database = database;
    this.bus = bus;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Expands one chunk.
   *
   * @return whether more may be waiting
   */
  Future<Boolean> expand() {
    return run(ExpansionSql.EXPAND, Tuple.of(now(), CHUNK, LANE))
        .map(rows -> rows.iterator().next().getInteger("taken"))
        .map(
            taken -> {
              if (taken > 0) {
                meters.queued(taken);
                bus.hint(Addresses.NOTIFICATION_QUEUED, new NotificationQueued());
              }
              return taken == CHUNK;
            });
  }

  /** Ends those of which nothing is under way any more. */
  Future<List<Key>> finish() {
    return run(ExpansionSql.FINISH, Tuple.of(now())).map(Expansion::keys);
  }

  /** Forgets, once an hour, whom previews would have reached that expired a day ago. */
  Future<Void> forget() {
    Instant now = clock.instant();
    if (now.isBefore(nextForgetting)) {
      return Future.succeededFuture();
    }
    nextForgetting = now.plus(Duration.ofHours(1));
    return run(
            ExpansionSql.FORGET, Tuple.of(now.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  private Future<RowSet<Row>> run(String sql, Tuple parameters) {
    return database.asWorker(
        connection ->
            connection
                .query(ExpansionSql.PLAN_BY_INDEX)
                .execute()
                .compose(planned -> connection.preparedQuery(sql).execute(parameters)));
  }

  /** Broadcasts of these schools that are being sent. */
  Future<List<Key>> moving(Set<UUID> schools) {
    return schools.isEmpty()
        ? Future.succeededFuture(List.of())
        : database
            .workerQuery(
                ExpansionSql.MOVING, Tuple.tuple().addArrayOfUUID(schools.toArray(UUID[]::new)))
            .map(Expansion::keys);
  }

  private static List<Key> keys(RowSet<Row> rows) {
    List<Key> keys = new ArrayList<>(rows.size());
    rows.forEach(row -> keys.add(new Key(row.getUUID("school_id"), row.getUUID("id"))));
    return keys;
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
