package porteria.notification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How schools show themselves; each is asked for once in a while. For one event loop. */
final class SchoolLooks {

  private static final Duration LIFE = Duration.ofSeconds(10);

  private static final String FIND = "SELECT name, color, phone FROM school WHERE id = $1";

  private final Statements statements;
  private final InstantSource clock;
  private final Map<UUID, Known> known = new HashMap<>();

  private record Known(Instant until, Future<SchoolLook> look) {}

  /**
   * @param statements run as the worker role
   */
  SchoolLooks(Statements statements, InstantSource clock) {
    this.statements = statements;
    this.clock = clock;
  }

  /** Fails when there is no such school or no database. */
  Future<SchoolLook> of(UUID schoolId) {
    Instant now = clock.instant();
    Known last = known.get(schoolId);
    if (last == null || last.look().failed() || !last.until().isAfter(now)) {
      last =
          new Known(
              now.plus(LIFE),
              statements.run(FIND, Tuple.of(schoolId)).map(rows -> look(rows.iterator().next())));
      known.put(schoolId, last);
    }
    return last.look();
  }

  private static SchoolLook look(Row row) {
    return new SchoolLook(
        row.getString("name"), row.getString("color"), Optional.ofNullable(row.getString("phone")));
  }
}
