package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import porteria.db.Columns;

/**
 * Queues again the broadcast messages that wait until WhatsApp may be sent to more people: those to
 * people who were written to meanwhile, who take no new place, and of the others, the oldest first,
 * as many as there is room for. Each look sees a bounded part of them; while there is no room, the
 * next sees what comes after it. For one event loop.
 */
final class CappedMessages {

  private static final int LOOKED_AT = 1_000;
  private static final Place BEGINNING = new Place(Instant.EPOCH, new UUID(0, 0));

  private final Statements sending;
  private final DailyPeople people;
  private Place seen = BEGINNING;

  /** Of a message among those that wait. */
  private record Place(Instant createdAt, UUID id) {}

  private record Capped(UUID schoolId, Place place, String address) {}

  CappedMessages(Statements sending, DailyPeople people) {
    this.sending = sending;
    this.people = people;
  }

  /** Looks once. */
  Future<Void> queue() {
    return sending
        .run(CappedSql.ANY, Tuple.tuple())
        .map(rows -> rows.iterator().next().getBoolean("waits"))
        .compose(
            waits ->
                waits
                    ? people.placesForBroadcasts().compose(this::look)
                    : Future.succeededFuture());
  }

  private Future<Void> look(int room) {
    Place from = room > 0 ? BEGINNING : seen;
    return sending
        .run(CappedSql.AFTER, Tuple.of(Columns.utc(from.createdAt()), from.id(), LOOKED_AT))
        .map(
            rows -> {
              List<Capped> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(capped(row)));
              seen = found.size() < LOOKED_AT ? BEGINNING : found.getLast().place();
              return found;
            })
        .compose(found -> queue(found, room));
  }

  private Future<Void> queue(List<Capped> found, int room) {
    return people
        .known(found.stream().map(Capped::address).toList())
        .map(known -> admissible(found, known, room))
        .compose(
            admissible ->
                admissible.isEmpty()
                    ? Future.succeededFuture()
                    : sending
                        .run(
                            CappedSql.QUEUE,
                            Tuple.tuple()
                                .addArrayOfUUID(
                                    Columns.of(admissible, UUID[]::new, Capped::schoolId))
                                .addArrayOfUUID(
                                    Columns.of(admissible, UUID[]::new, each -> each.place().id())))
                        .mapEmpty());
  }

  private static List<Capped> admissible(List<Capped> found, List<Boolean> known, int room) {
    List<Capped> admissible = new ArrayList<>();
    Set<String> strangers = new HashSet<>();
    for (int i = 0; i < found.size(); i++) {
      Capped one = found.get(i);
      if (known.get(i) || strangers.contains(one.address())) {
        admissible.add(one);
      } else if (strangers.size() < room) {
        strangers.add(one.address());
        admissible.add(one);
      }
    }
    return admissible;
  }

  private static Capped capped(Row row) {
    return new Capped(
        row.getUUID("school_id"),
        new Place(row.getOffsetDateTime("created_at").toInstant(), row.getUUID("id")),
        row.getString("address"));
  }
}
