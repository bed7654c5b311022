package porteria.absence;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.config.PhotoSettings;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.Failure.Kind;
import porteria.storage.FileType;
import porteria.storage.ObjectStorage;
import porteria.storage.UploadLeave;
import porteria.storage.ViewLeave;

/** The document that a guardian may attach to a request, such as a certificate. */
public final class Attachments {

  /** Of one document. */
  public static final int MAX_BYTES = 5 * 1024 * 1024;

  /** Who begins more uploads for one request than this is at fault. */
  private static final long MOST_UPLOADS = 5;

  private final Database database;
  private final ObjectStorage storage;
  private final Acts acts;
  private final PhotoSettings settings;
  private final InstantSource clock;

  Attachments(
      Database database,
      ObjectStorage storage,
      Acts acts,
      PhotoSettings settings,
      InstantSource clock) {
    this.database = database;
    this.storage = storage;
    this.acts = acts;
    this.settings = settings;
    this.clock = clock;
  }

  /** A document or an upload that was begun. */
  private record Stored(
      UUID id, String key, FileType type, long bytes, Optional<Instant> completedAt) {}

  /**
   * Lets a guardian upload a document to a pending request of their own.
   *
   * @param type media type, one of {@link FileType}
   * @param bytes exact length of the file
   * @return fails with NOT_FOUND for a request that is not this guardian's, CONFLICT when it is not
   *     pending or has a document, INVALID_REQUEST for another type or length
   */
  public Future<UploadLeave> begin(
      UUID school, UUID guardian, UUID request, String type, int bytes) {
    FileType known =
        FileType.named(type)
            .orElseThrow(
                () ->
                    invalid("/content_type", "allowed are image/jpeg, image/png, application/pdf"));
    Instant now = clock.instant();
    return announce(school, guardian, request, known, bytes, now)
        .compose(key -> storage.signPut(key, known, bytes, settings.uploadLife()))
        .map(
            signed ->
                new UploadLeave(signed.url(), signed.headers(), now.plus(settings.uploadLife())));
  }

  /**
   * Attaches a document that came to us instead of to the file storage.
   *
   * @param type what it is, by how it begins
   * @return when it was complete; fails as {@link #begin} and {@link #complete} do
   */
  public Future<Instant> attach(
      UUID school, UUID guardian, UUID request, FileType type, Buffer file, AuditActor actor) {
    return announce(school, guardian, request, type, file.length(), clock.instant())
        .compose(key -> storage.put(key, type, file))
        .compose(put -> complete(school, guardian, request, actor));
  }

  /** Notes that a document of this type and length is to come; the key under which. */
  private Future<String> announce(
      UUID school, UUID guardian, UUID request, FileType type, int bytes, Instant now) {
    if (bytes < 1 || bytes > MAX_BYTES) {
      throw invalid("/content_length", "allowed is 1 to " + MAX_BYTES + " bytes");
    }
    String key = storage.newKey(school, type);
    return database.inSchool(
        school,
        connection ->
            connection
                .preparedQuery(AttachmentSql.REQUEST)
                .execute(Tuple.of(school, request, guardian))
                .compose(Attachments::requireOpen)
                .compose(
                    open ->
                        connection
                            .preparedQuery(AttachmentSql.BEGIN)
                            .execute(
                                Tuple.of(
                                    school,
                                    request,
                                    key,
                                    type.mediaType(),
                                    (long) bytes,
                                    Columns.utc(now))))
                .map(key));
  }

  private static Future<Void> requireOpen(RowSet<Row> found) {
    if (found.size() == 0) {
      return AbsenceRows.unknown();
    }
    Row request = found.iterator().next();
    if (!request.getBoolean("pending")) {
      return AbsenceRows.failed(Kind.CONFLICT, "This request is not pending any more.");
    }
    if (request.getBoolean("complete")) {
      return AbsenceRows.failed(Kind.CONFLICT, "A document is attached to this request already.");
    }
    return request.getLong("begun") < MOST_UPLOADS
        ? Future.succeededFuture()
        : AbsenceRows.failed(Kind.CONFLICT, "Too many uploads for this request were begun.");
  }

  /**
   * Checks what a guardian uploaded: its length and how it begins. Anything else is deleted.
   *
   * @return when it was complete, first; fails with NOT_FOUND when no upload was begun, CONFLICT
   *     when nothing was uploaded or it is not what was announced
   */
  public Future<Instant> complete(UUID school, UUID guardian, UUID request, AuditActor actor) {
    return database
        .readSchool(
            school,
            connection ->
                connection
                    .preparedQuery(AttachmentSql.LATEST)
                    .execute(Tuple.of(school, request, guardian)))
        .compose(
            rows ->
                rows.size() == 0
                    ? AbsenceRows.<Stored>failed(
                        Kind.NOT_FOUND, "No upload for such a request was begun.")
                    : Future.succeededFuture(stored(rows.iterator().next())))
        .compose(
            document ->
                document
                    .completedAt()
                    .map(Future::succeededFuture)
                    .orElseGet(() -> check(school, request, document, actor)));
  }

  private Future<Instant> check(UUID school, UUID request, Stored document, AuditActor actor) {
    return storage
        .requireAnnounced(document.key(), document.type(), document.bytes())
        .compose(come -> accept(school, request, document, actor));
  }

  private Future<Instant> accept(UUID school, UUID request, Stored document, AuditActor actor) {
    Instant now = clock.instant();
    return database
        .inSchool(
            school,
            connection ->
                connection
                    .preparedQuery(AttachmentSql.COMPLETE)
                    .execute(Tuple.of(school, document.id(), Columns.utc(now)))
                    .compose(
                        done ->
                            done.rowCount() == 0
                                ? Future.succeededFuture()
                                : acts.append(
                                    connection, school, actor, "absence.attached", request)))
        .map(now);
  }

  /**
   * Shows the document of a request to a member of staff, which is written into the audit trail
   * first.
   *
   * @return fails with NOT_FOUND when the school has no document of such a request, or may not keep
   *     it any more
   */
  public Future<ViewLeave> view(UUID school, UUID request, AuditActor actor) {
    return database
        .inSchool(
            school,
            connection ->
                connection
                    .preparedQuery(AttachmentSql.TO_SHOW)
                    .execute(Tuple.of(school, request))
                    .compose(
                        rows ->
                            rows.size() == 0
                                ? AbsenceRows.<String>failed(
                                    Kind.NOT_FOUND, "There is no document of this request.")
                                : Future.succeededFuture(
                                    rows.iterator().next().getString("object_key")))
                    .compose(
                        key ->
                            acts.append(
                                    connection, school, actor, "absence.attachment_viewed", request)
                                .map(key)))
        .compose(key -> storage.signGet(key, settings.viewLife()))
        .map(url -> new ViewLeave(url, clock.instant().plus(settings.viewLife())));
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.getUUID("id"),
        row.getString("object_key"),
        FileType.named(row.getString("content_type")).orElseThrow(),
        row.getLong("content_length"),
        Optional.ofNullable(row.getOffsetDateTime("completed_at")).map(OffsetDateTime::toInstant));
  }

  private static RuntimeException invalid(String pointer, String detail) {
    return new Failure(
            Kind.INVALID_REQUEST,
            "The document cannot be attached.",
            List.of(new FieldError(pointer, detail)))
        .asException();
  }
}
