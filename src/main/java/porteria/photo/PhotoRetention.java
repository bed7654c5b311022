package porteria.photo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import porteria.config.PhotoSettings;
import porteria.db.Database;
import porteria.storage.ObjectStorage;
import porteria.storage.PeriodicSweep;

/**
 * Deletes photos that were kept long enough, uploads nobody completed within a day, and at once
 * what may not be kept any more. The object goes first and its row after, so whatever is killed in
 * between is found and deleted again; several nodes may do it at once. While a URL to upload it is
 * good the row stays, so that an object that comes back is deleted too.
 */
public final class PhotoRetention {

  /** By then every URL handed out has expired. */
  private static final Duration NOBODY_COMPLETES = Duration.ofDays(1);

  private static final int PAGE = 500;

  /** Before every id that is given. */
  private static final UUID FIRST = new UUID(0, 0);

  private final Database database;
  private final ObjectStorage storage;
  private final PhotoSettings settings;
  private final InstantSource clock;

  public PhotoRetention(
      Database database, ObjectStorage storage, PhotoSettings settings, InstantSource clock) {
    this.database = database;
    this.storage = storage;
    this.settings = settings;
    this.clock = clock;
  }

  /** Sweeps now and then every so often; the answer stops it. */
  public Runnable start(Vertx vertx) {
    return PeriodicSweep.start(vertx, settings.sweepEvery(), "photos or uploads", this::sweep);
  }

  /** Deletes what is due now, however much; answers how many are forgotten too. */
  Future<Integer> sweep() {
    return sweepFrom(clock.instant(), FIRST, FIRST, 0);
  }

  private Future<Integer> sweepFrom(Instant now, UUID school, UUID after, int before) {
    Tuple place =
        Tuple.of(
                utc(now.minus(settings.retention())),
                utc(now.minus(NOBODY_COMPLETES)),
                utc(now),
                utc(now.minus(settings.uploadLife())))
            .addUUID(school)
            .addUUID(after)
            .addInteger(PAGE);
    return database
        .workerQuery(PhotoSql.PAGE, place)
        .map(rows -> rows.stream().toList())
        .compose(
            page ->
                delete(page.stream().filter(row -> row.getBoolean("due")).toList())
                    .map(forgotten -> before + forgotten)
                    .compose(forgotten -> goOn(now, page, forgotten)));
  }

  private Future<Integer> goOn(Instant now, List<Row> page, int forgotten) {
    if (page.size() < PAGE) {
      return Future.succeededFuture(forgotten);
    }
    Row last = page.getLast();
    return sweepFrom(now, last.getUUID("school_id"), last.getUUID("id"), forgotten);
  }

  private Future<Integer> delete(List<Row> due) {
    if (due.isEmpty()) {
      return Future.succeededFuture(0);
    }
    List<String> keys = due.stream().map(row -> row.getString("object_key")).toList();
    UUID[] over =
        due.stream()
            .filter(row -> row.getBoolean("over"))
            .map(row -> row.getUUID("id"))
            .toArray(UUID[]::new);
    return storage
        .delete(keys)
        .compose(gone -> database.workerQuery(PhotoSql.FORGET, Tuple.of(over)))
        .map(over.length);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
