package porteria.photo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.config.PhotoSettings;
import porteria.db.Database;

/**
 * Deletes photos that were kept long enough, and uploads nobody completed within a day. The object
 * goes first and its row after, so whatever is killed in between is found and deleted again;
 * several nodes may do it at once.
 */
public final class PhotoRetention {

  private static final Logger LOG = LoggerFactory.getLogger(PhotoRetention.class);

  /** By then every URL handed out has expired. */
  private static final Duration NOBODY_COMPLETES = Duration.ofDays(1);

  private static final int BATCH = 200;

  private final Database database;
  private final PhotoStorage storage;
  private final PhotoSettings settings;
  private final InstantSource clock;
  private boolean sweeping;

  public PhotoRetention(
      Database database, PhotoStorage storage, PhotoSettings settings, InstantSource clock) {
    this.database = database;
    this.storage = storage;
    this.settings = settings;
    this.clock = clock;
  }

  /** Sweeps now and then every so often; the answer stops it. */
  public Runnable start(Vertx vertx) {
    sweepUnlessBusy();
    long timer = vertx.setPeriodic(settings.sweepEvery().toMillis(), tick -> sweepUnlessBusy());
    return () -> vertx.cancelTimer(timer);
  }

  private void sweepUnlessBusy() {
    if (sweeping) {
      return;
    }
    sweeping = true;
    sweep()
        .onComplete(
            swept -> {
              sweeping = false;
              if (swept.failed()) {
                LOG.warn("Photos could not be deleted and will be later", swept.cause());
              } else if (swept.result() > 0) {
                LOG.info("Deleted {} photos or uploads that were due", swept.result());
              }
            });
  }

  /** Deletes what is due now, however much; answers how many. */
  Future<Integer> sweep() {
    Instant now = clock.instant();
    return sweepFrom(
        Tuple.of(utc(now.minus(settings.retention())), utc(now.minus(NOBODY_COMPLETES)), BATCH), 0);
  }

  private Future<Integer> sweepFrom(Tuple limits, int before) {
    return database
        .workerQuery(PhotoSql.DUE, limits)
        .compose(this::delete)
        .compose(
            deleted ->
                deleted < BATCH
                    ? Future.succeededFuture(before + deleted)
                    : sweepFrom(limits, before + deleted));
  }

  private Future<Integer> delete(RowSet<Row> due) {
    if (due.size() == 0) {
      return Future.succeededFuture(0);
    }
    List<String> keys = due.stream().map(row -> row.getString("object_key")).toList();
    UUID[] ids = due.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
    return storage
        .delete(keys)
        .compose(gone -> database.workerQuery(PhotoSql.FORGET, Tuple.of(ids)))
        .map(ids.length);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
