package porteria.photo;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.audit.AuditActor;
import porteria.audit.AuditEntry;
import porteria.audit.AuditTrail;
import porteria.config.PhotoSettings;
import porteria.db.Columns;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.Failure.Kind;
import porteria.domain.Kiosk;
import porteria.storage.FileType;
import porteria.storage.ObjectStorage;
import porteria.storage.UploadLeave;
import porteria.storage.ViewLeave;

/** Taking photos of scans, checking them, and showing them. */
public final class PhotoService {

  /** A kiosk that begins more uploads of one scan than this is at fault. */
  private static final long MOST_UPLOADS = 5;

  private static final Set<FileType> ALLOWED = Set.of(FileType.JPEG, FileType.PNG);

  private final Database database;
  private final ObjectStorage storage;
  private final AuditTrail audit;
  private final PhotoSettings settings;
  private final InstantSource clock;

  /** A photo or an upload that was begun. */
  private record Stored(
      UUID id, String key, FileType type, long bytes, Optional<Instant> completedAt) {}

  public PhotoService(
      Database database,
      ObjectStorage storage,
      AuditTrail audit,
      PhotoSettings settings,
      InstantSource clock) {
    this.database = database;
    this.storage = storage;
    this.audit = audit;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Lets a kiosk upload the photo of its own scan.
   *
   * @param type media type, image/jpeg or image/png
   * @param bytes exact length of the file
   * @return fails with NOT_FOUND for an event that is not this kiosk's, CONFLICT when no photo of
   *     it may be kept or there is one, INVALID_REQUEST for another type or length
   */
  public Future<UploadLeave> begin(Kiosk kiosk, UUID eventId, String type, int bytes) {
    FileType known =
        FileType.named(type)
            .filter(ALLOWED::contains)
            .orElseThrow(() -> invalid("/content_type", "allowed are image/jpeg and image/png"));
    if (bytes < 1 || bytes > settings.maxBytes()) {
      throw invalid("/content_length", "allowed is 1 to " + settings.maxBytes() + " bytes");
    }
    Instant now = clock.instant();
    String key = storage.newKey(kiosk.schoolId(), known);
    return database
        .inSchool(
            kiosk.schoolId(),
            connection ->
                connection
                    .preparedQuery(PhotoSql.EVENT)
                    .execute(
                        Tuple.of(kiosk.schoolId(), eventId, kiosk.deviceId(), Columns.utc(now)))
                    .compose(PhotoService::requireWanted)
                    .compose(
                        wanted ->
                            connection
                                .preparedQuery(PhotoSql.BEGIN)
                                .execute(
                                    Tuple.of(
                                        kiosk.schoolId(),
                                        eventId,
                                        key,
                                        known.mediaType(),
                                        (long) bytes,
                                        Columns.utc(now)))))
        .compose(begun -> storage.signPut(key, known, bytes, settings.uploadLife()))
        .map(
            signed ->
                new UploadLeave(signed.url(), signed.headers(), now.plus(settings.uploadLife())));
  }

  private static Future<Void> requireWanted(RowSet<Row> found) {
    Iterator<Row> rows = found.iterator();
    if (!rows.hasNext()) {
      return failed(Kind.NOT_FOUND, "This kiosk recorded no such event.");
    }
    Row event = rows.next();
    if (!event.getBoolean("photos_allowed")) {
      return failed(Kind.CONFLICT, "The school does not allow photos; delete this one.");
    }
    if (!event.getBoolean("consented")) {
      return failed(Kind.CONFLICT, "No guardian consents to photos; delete this one.");
    }
    if (event.getBoolean("complete")) {
      return failed(Kind.CONFLICT, "There is a photo of this event; delete this one.");
    }
    return event.getLong("begun") < MOST_UPLOADS
        ? Future.succeededFuture()
        : failed(Kind.CONFLICT, "Too many uploads of this event were begun; delete this photo.");
  }

  /**
   * Checks what a kiosk uploaded: its length and how it begins. What is no photo is deleted.
   *
   * @return when it was complete, first; fails with NOT_FOUND when no upload was begun, CONFLICT
   *     when nothing was uploaded or it is no photo
   */
  public Future<Instant> complete(Kiosk kiosk, UUID eventId) {
    return database
        .readSchool(
            kiosk.schoolId(),
            connection ->
                connection
                    .preparedQuery(PhotoSql.LATEST)
                    .execute(Tuple.of(kiosk.schoolId(), eventId, kiosk.deviceId())))
        .compose(rows -> first(rows, "No upload of this event was begun."))
        .map(PhotoService::stored)
        .compose(
            photo ->
                photo
                    .completedAt()
                    .map(Future::succeededFuture)
                    .orElseGet(() -> check(kiosk.schoolId(), photo)));
  }

  private Future<Instant> check(UUID school, Stored photo) {
    return storage
        .requireAnnounced(photo.key(), photo.type(), photo.bytes())
        .compose(come -> accept(school, photo));
  }

  private Future<Instant> accept(UUID school, Stored photo) {
    Instant now = clock.instant();
    return database
        .inSchool(
            school,
            connection ->
                connection
                    .preparedQuery(PhotoSql.COMPLETE)
                    .execute(Tuple.of(school, photo.id(), Columns.utc(now))))
        .map(now);
  }

  /** Of these events those with a photo that {@link #view} shows. */
  public Future<Set<UUID>> among(UUID schoolId, Collection<UUID> events) {
    if (events.isEmpty()) {
      return Future.succeededFuture(Set.of());
    }
    Tuple parameters =
        Tuple.of(schoolId, events.toArray(UUID[]::new), Columns.utc(clock.instant()));
    return database
        .inSchool(
            schoolId, connection -> connection.preparedQuery(PhotoSql.SHOWABLE).execute(parameters))
        .map(
            rows ->
                rows.stream()
                    .map(row -> row.getUUID("event_id"))
                    .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * Shows the photo of an event to a member of staff, which is written into the audit trail first.
   *
   * @return fails with NOT_FOUND when the school has no photo of such an event, or may not keep it
   *     any more
   */
  public Future<ViewLeave> view(UUID schoolId, UUID eventId, AuditActor actor) {
    return database
        .inSchool(
            schoolId,
            connection ->
                connection
                    .preparedQuery(PhotoSql.TO_SHOW)
                    .execute(Tuple.of(schoolId, eventId, Columns.utc(clock.instant())))
                    .compose(rows -> first(rows, "There is no photo of this event."))
                    .compose(
                        row ->
                            audit
                                .append(
                                    connection,
                                    entry(
                                        schoolId,
                                        actor,
                                        "photo.viewed",
                                        "attendance_event",
                                        eventId))
                                .map(row.getString("object_key"))))
        .compose(key -> storage.signGet(key, settings.viewLife()))
        .map(url -> new ViewLeave(url, clock.instant().plus(settings.viewLife())));
  }

  /** Says whether a school's kiosks may take photos at all; without a change nothing is noted. */
  public Future<Void> allow(UUID schoolId, boolean allowed, AuditActor actor) {
    String action = allowed ? "photo.allowed" : "photo.forbidden";
    return database.inSchool(
        schoolId,
        connection ->
            connection
                .preparedQuery(PhotoSql.POLICY)
                .execute(Tuple.of(schoolId, allowed))
                .compose(
                    changed ->
                        changed.size() == 0
                            ? Future.succeededFuture()
                            : noted(
                                connection, entry(schoolId, actor, action, "school", schoolId))));
  }

  private Future<Void> noted(SqlConnection connection, AuditEntry entry) {
    return audit.append(connection, entry);
  }

  private static AuditEntry entry(
      UUID school, AuditActor actor, String action, String entity, UUID id) {
    return new AuditEntry(
        school, actor, action, entity, id.toString(), Optional.empty(), Optional.empty());
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.getUUID("id"),
        row.getString("object_key"),
        FileType.named(row.getString("content_type")).orElseThrow(),
        row.getLong("content_length"),
        Optional.ofNullable(row.getOffsetDateTime("completed_at")).map(OffsetDateTime::toInstant));
  }

  private static Future<Row> first(RowSet<Row> rows, String otherwise) {
    Iterator<Row> found = rows.iterator();
    return found.hasNext()
        ? Future.succeededFuture(found.next())
        : failed(Kind.NOT_FOUND, otherwise);
  }

  private static RuntimeException invalid(String pointer, String detail) {
    return new Failure(
            Kind.INVALID_REQUEST,
            "The photo cannot be taken.",
            List.of(new Failure.FieldError(pointer, detail)))
        .asException();
  }

  private static <T> Future<T> failed(Kind kind, String detail) {
    return Future.failedFuture(Failure.of(kind, detail).asException());
  }
}
