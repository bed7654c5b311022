package porteria.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Goes by all files of a kind, a page at a time, and deletes those that are due. The object goes
 * first and its row after, so whatever is killed in between is found and deleted again; several
 * nodes may do it at once. While a URL to upload it is good the row stays, so that an object that
 * comes back is deleted too.
 */
public final class FileSweep {

  /** An upload begun so long ago is completed by nobody: every URL handed out has expired. */
  public static final Duration NOBODY_COMPLETES = Duration.ofDays(1);

  private static final int PAGE = 500;

  /** Before every id that is given. */
  private static final UUID FIRST = new UUID(0, 0);

  private final ObjectStorage storage;
  private final Pages pages;
  private final Function<List<UUID>, Future<Void>> forget;

  /**
   * A file as its row tells of it.
   *
   * @param due whether it is to be deleted
   * @param over whether no URL to upload it is good any more
   */
  public record KeptFile(UUID school, UUID id, String key, boolean due, boolean over) {

    /**
     * Reads a row of {@code school_id}, {@code id}, {@code object_key}, {@code due}, {@code over}.
     */
    public static KeptFile of(Row row) {
      return new KeptFile(
          row.getUUID("school_id"),
          row.getUUID("id"),
          row.getString("object_key"),
          row.getBoolean("due"),
          row.getBoolean("over"));
    }
  }

  /** The rows of the files, in the order of their school and id. */
  @FunctionalInterface
  public interface Pages {

    /** The next rows after this one, as many as there are up to the limit. */
    Future<List<KeptFile>> after(UUID school, UUID id, int limit);
  }

  /**
   * Prepares it.
   *
   * @param forget deletes rows by their ids
   */
  public FileSweep(ObjectStorage storage, Pages pages, Function<List<UUID>, Future<Void>> forget) {
    this.storage = storage;
    this.pages = pages;
    this.forget = forget;
  }

  /** Deletes what is due, however much; answers how many are forgotten too. */
  public Future<Integer> run() {
    return from(FIRST, FIRST, 0);
  }

  private Future<Integer> from(UUID school, UUID after, int before) {
    return pages
        .after(school, after, PAGE)
        .compose(
            page ->
                delete(page.stream().filter(KeptFile::due).toList())
                    .map(forgotten -> before + forgotten)
                    .compose(
                        forgotten ->
                            page.size() < PAGE
                                ? Future.succeededFuture(forgotten)
                                : from(page.getLast().school(), page.getLast().id(), forgotten)));
  }

  private Future<Integer> delete(List<KeptFile> due) {
    if (due.isEmpty()) {
      return Future.succeededFuture(0);
    }
    List<UUID> over = due.stream().filter(KeptFile::over).map(KeptFile::id).toList();
    return storage
        .delete(due.stream().map(KeptFile::key).toList())
        .compose(gone -> forget.apply(over))
        .map(over.size());
  }
}
