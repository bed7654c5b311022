package porteria.absence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import porteria.config.PhotoSettings;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.storage.FileSweep;
import porteria.storage.FileSweep.KeptFile;
import porteria.storage.ObjectStorage;
import porteria.storage.PeriodicSweep;

/**
 * Deletes documents that were kept long enough, uploads nobody completed within a day, and at once
 * what has no purpose any more; see {@link FileSweep}.
 */
public final class AttachmentRetention {

  private final Database database;
  private final ObjectStorage storage;
  private final PhotoSettings settings;
  private final InstantSource clock;

  public AttachmentRetention(
      Database database, ObjectStorage storage, PhotoSettings settings, InstantSource clock) {
    this.database = database;
    this.storage = storage;
    this.settings = settings;
    this.clock = clock;
  }

  /** Sweeps now and then every so often; the answer stops it. */
  public Runnable start(Vertx vertx) {
    return PeriodicSweep.start(
        vertx, settings.sweepEvery(), "documents or their uploads", this::sweep);
  }

  /** Deletes what is due now, however much; answers how many are forgotten too. */
  Future<Integer> sweep() {
    Instant now = clock.instant();
    return new FileSweep(
            storage, (school, after, limit) -> page(now, school, after, limit), this::forget)
        .run();
  }

  private Future<List<KeptFile>> page(Instant now, UUID school, UUID after, int limit) {
    Tuple place =
        Tuple.of(
                Columns.utc(now.minus(settings.retention())),
                Columns.utc(now.minus(FileSweep.NOBODY_COMPLETES)),
                Columns.utc(FileSweep.lastUploadsOver(now, settings.uploadLife())))
            .addUUID(school)
            .addUUID(after)
            .addInteger(limit)
            .addOffsetDateTime(Columns.utc(now));
    return database
        .workerQuery(AttachmentSql.PAGE, place)
        .map(rows -> rows.stream().map(KeptFile::of).toList());
  }

  private Future<Void> forget(List<UUID> ids) {
    return database
        .workerQuery(AttachmentSql.FORGET, Tuple.of((Object) ids.toArray(UUID[]::new)))
        .mapEmpty();
  }
}
