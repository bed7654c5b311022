package porteria.device;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Kiosk;

/**
 * Remembers when kiosks were last seen, cheaply. A kiosk is seen when its token is looked up, which
 * is once in {@link DeviceService#LIFE} while it sends and never a matter of its scans. Of those
 * looked up together, the ones not written for {@link #STEP} are written by one statement.
 */
final class Sightings {

  /** How old a written time may become while its kiosk goes on sending. */
  static final Duration STEP = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);

  /** Skips a row somebody else holds: it is seen again soon. */
  private static final String WRITE =
      """
      WITH seen AS MATERIALIZED (
        SELECT school_id, id
        FROM device
        WHERE id = ANY ($1) AND (last_seen_at IS NULL OR last_seen_at <= $2)
        ORDER BY school_id, id
        FOR NO KEY UPDATE SKIP LOCKED
      )
      UPDATE device d SET last_seen_at = $3
      FROM seen
      WHERE d.school_id = seen.school_id AND d.id = seen.id
      """;

  private final Database database;
  private final InstantSource clock;
  private final Map<UUID, Instant> written = new ConcurrentHashMap<>();

  Sightings(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Takes note of kiosks just looked up and hands them on; nobody waits for the writing. */
  Map<Buffer, Kiosk> note(Map<Buffer, Kiosk> kiosks) {
    Instant now = clock.instant();
    UUID[] due =
        kiosks.values().stream()
            .map(Kiosk::deviceId)
            .filter(id -> !written.getOrDefault(id, Instant.EPOCH).plus(STEP).isAfter(now))
            .toArray(UUID[]::new);
    if (due.length > 0) {
      for (UUID id : due) {
        written.put(id, now);
      }
      database
          .workerQuery(WRITE, Tuple.of(due, Columns.utc(now.minus(STEP)), Columns.utc(now)))
          .onFailure(error -> LOG.warn("{} sightings of kiosks were not written", due.length));
    }
    return kiosks;
  }
}
