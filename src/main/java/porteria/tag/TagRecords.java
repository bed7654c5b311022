package porteria.tag;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.AuditActor;
import porteria.audit.AuditTrail;
import porteria.db.Database;
import porteria.domain.Failure;
import porteria.domain.ScanSource;

/** What people see of a pupil's cards, and how they end one. */
public final class TagRecords {

  private final Database database;
  private final AuditTrail audit;
  private final InstantSource clock;

  public TagRecords(Database database, AuditTrail audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The cards of a pupil, those in use first.
   *
   * @return fails with NOT_FOUND when the school has no such pupil
   */
  public Future<List<Tag>> list(UUID schoolId, UUID studentId) {
    return database
        .inSchool(schoolId, connection -> list(connection, schoolId, studentId))
        .map(rows -> rows.stream().map(TagRecords::tag).toList());
  }

  private Future<RowSet<Row>> list(SqlConnection connection, UUID schoolId, UUID studentId) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    return connection
        .preparedQuery(TagSql.PUPIL)
        .execute(Tuple.of(schoolId, studentId, now))
        .compose(
            pupil ->
                pupil.size() == 0
                    ? CardChange.fail(Failure.Kind.NOT_FOUND, "There is no such pupil.")
                    : connection
                        .preparedQuery(TagSql.OF_PUPIL)
                        .execute(Tuple.of(schoolId, studentId)));
  }

  /** How far each course of a school has come with its cards. */
  public Future<List<CourseCards>> courses(UUID schoolId) {
    Tuple parameters = Tuple.of(schoolId, clock.instant().atOffset(ZoneOffset.UTC));
    return database
        .inSchool(
            schoolId, connection -> connection.preparedQuery(TagSql.COURSES).execute(parameters))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new CourseCards(
                                row.getUUID("id"),
                                row.getString("name"),
                                row.getLong("pupils"),
                                row.getLong("printed"),
                                row.getLong("stickers")))
                    .toList());
  }

  /** The active pupils of a course by name, and which cards they have; none of another school's. */
  public Future<List<CardHolder>> holders(UUID schoolId, UUID courseId) {
    Tuple parameters = Tuple.of(schoolId, courseId, clock.instant().atOffset(ZoneOffset.UTC));
    return database
        .inSchool(
            schoolId, connection -> connection.preparedQuery(TagSql.HOLDERS).execute(parameters))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new CardHolder(
                                row.getUUID("id"),
                                row.getString("full_name"),
                                row.getBoolean("printed"),
                                row.getBoolean("sticker"),
                                row.getBoolean("waiting")))
                    .toList());
  }

  /**
   * Ends a card. Scans captured before stay good.
   *
   * @return when it was revoked, first; fails with NOT_FOUND when the school has no such card
   */
  public Future<Instant> revoke(UUID schoolId, UUID tagId, AuditActor actor) {
    return database.inSchool(
        schoolId,
        connection ->
            CardChange.begin(connection, audit, clock, schoolId, actor)
                .compose(change -> revoke(change, tagId)));
  }

  private static Future<Instant> revoke(CardChange change, UUID tagId) {
    return change
        .run(TagSql.REVOKE, Tuple.of(change.schoolId(), tagId, change.time()))
        .compose(
            now ->
                now.size() == 0
                    ? revokedBefore(change, tagId)
                    : note(change, tagId, now.iterator().next()));
  }

  private static Future<Instant> revokedBefore(CardChange change, UUID tagId) {
    return change
        .run(TagSql.REVOKED, Tuple.of(change.schoolId(), tagId))
        .compose(
            before ->
                before.size() == 0
                    ? CardChange.fail(Failure.Kind.NOT_FOUND, "There is no such card.")
                    : Future.succeededFuture(revokedAt(before.iterator().next())));
  }

  private static Future<Instant> note(CardChange change, UUID tagId, Row revoked) {
    JsonObject card =
        new JsonObject()
            .put("student_id", revoked.getUUID("student_id").toString())
            .put("kind", revoked.getString("kind"))
            .put("preview", revoked.getString("preview"));
    return change.note("tag.revoked", "tag", tagId, card).map(revokedAt(revoked));
  }

  private static Instant revokedAt(Row row) {
    return row.getOffsetDateTime("revoked_at").toInstant();
  }

  static Tag tag(Row row) {
    return new Tag(
        row.getUUID("id"),
        row.getUUID("student_id"),
        ScanSource.valueOf(row.getString("kind")),
        Optional.ofNullable(row.getString("preview")),
        Optional.ofNullable(row.getString("uid")),
        row.getOffsetDateTime("created_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("revoked_at")).map(OffsetDateTime::toInstant));
  }
}
