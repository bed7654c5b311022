package porteria.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import porteria.domain.Failure;

/**
 * Goes by all files of a kind, a page at a time, and deletes those that are due. The object goes
 * first and its row after, so whatever is killed in between is found and deleted again; several
 * nodes may do it at once. While a URL to upload it is good the row stays, so that an object that
 * comes back is deleted too. A file that cannot be deleted keeps no other; it is told of at the
 * end, and its row stays for the next time.
 */
public final class FileSweep {

  /** An upload begun so long ago is completed by nobody: every URL handed out has expired. */
  public static final Duration NOBODY_COMPLETES = Duration.ofDays(1);

  /** A PUT that begins in the last moment of its URL may still be under way so long after. */
  private static final Duration UPLOAD_GRACE = Duration.ofMinutes(15);

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

  /** Uploads that were begun before can bring no object any more. */
  public static Instant lastUploadsOver(Instant now, Duration uploadLife) {
    return now.minus(uploadLife).minus(UPLOAD_GRACE);
  }

  /**
   * Deletes what is due, however much; answers how many are forgotten too. Fails at once when the
   * store is silent, and at the end when it did not delete all.
   */
  public Future<Integer> run() {
    return from(FIRST, FIRST, new Swept(0, 0)).compose(FileSweep::answer);
  }

  /** What was done so far. */
  private record Swept(int forgotten, int kept) {

    Swept and(Swept more) {
      return new Swept(forgotten + more.forgotten, kept + more.kept);
    }
  }

  private static Future<Integer> answer(Swept all) {
    return all.kept() == 0
        ? Future.succeededFuture(all.forgotten())
        : Future.failedFuture(
            Failure.of(
                    Failure.Kind.UNAVAILABLE,
                    "The file storage did not delete %d files.".formatted(all.kept()))
                .asException());
  }

  private Future<Swept> from(UUID school, UUID after, Swept before) {
    return pages
        .after(school, after, PAGE)
        .compose(
            page ->
                delete(page.stream().filter(KeptFile::due).toList())
                    .map(before::and)
                    .compose(
                        swept ->
                            page.size() < PAGE
                                ? Future.succeededFuture(swept)
                                : from(page.getLast().school(), page.getLast().id(), swept)));
  }

  private Future<Swept> delete(List<KeptFile> due) {
    if (due.isEmpty()) {
      return Future.succeededFuture(new Swept(0, 0));
    }
    return storage
        .deleteEach(due.stream().map(KeptFile::key).toList())
        .compose(gone -> forget(due, gone));
  }

  private Future<Swept> forget(List<KeptFile> due, Set<String> gone) {
    List<UUID> over =
        due.stream()
            .filter(file -> file.over() && gone.contains(file.key()))
            .map(KeptFile::id)
            .toList();
    int kept = (int) due.stream().filter(file -> !gone.contains(file.key())).count();
    return forget.apply(over).map(new Swept(over.size(), kept));
  }
}
