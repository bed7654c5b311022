package porteria.identity;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.db.Database;
import porteria.domain.Role;

/** The rows of sessions and refresh tokens. */
final class SessionRepository {

  /** Opens a session at the person's version of now, and forgets those that have run out. */
  private static final String OPEN =
      """
      WITH over AS (
        DELETE FROM staff_session WHERE school_id = $1 AND staff_id = $2 AND expires_at < $3)
      INSERT INTO staff_session
        (school_id, staff_id, token_version, created_at, expires_at, generation, rotated_at)
      SELECT school_id, id, token_version, $3, $4, $5, $3
      FROM staff_user
      WHERE school_id = $1 AND id = $2 AND locked_at IS NULL
      RETURNING id, token_version, EXISTS (
        SELECT 1 FROM staff_totp totp
        WHERE totp.school_id = $1 AND totp.staff_id = $2 AND totp.confirmed_at IS NOT NULL
      ) AS enrolled
      """;

  private static final String ADD_TOKEN =
      """
      INSERT INTO refresh_token (school_id, session_id, generation, token_hash)
      VALUES ($1, $2, $3, $4)
      """;

  /** Before a refresh token is known its school is not. */
  private static final String BY_TOKEN =
      "SELECT school_id, session_id, generation FROM refresh_token WHERE token_hash = ANY ($1)";

  /** On its own, so that the reading after it sees what others did while it waited. */
  private static final String LOCK =
      "SELECT 1 FROM staff_session WHERE school_id = $1 AND id = $2 FOR UPDATE";

  private static final String READ =
      """
      SELECT session.generation, session.rotated_at, current.token_hash,
             session.staff_id, staff.role, staff.full_name, staff.token_version,
             EXISTS (
               SELECT 1 FROM staff_totp totp
               WHERE totp.school_id = staff.school_id AND totp.staff_id = staff.id
                 AND totp.confirmed_at IS NOT NULL
             ) AS enrolled,
             session.revoked_at IS NULL AND session.expires_at > $3 AND staff.locked_at IS NULL
               AND staff.token_version = session.token_version AS open
      FROM staff_session session
      JOIN staff_user staff ON staff.school_id = session.school_id AND staff.id = session.staff_id
      JOIN refresh_token current ON current.school_id = session.school_id
        AND current.session_id = session.id AND current.generation = session.generation
      WHERE session.school_id = $1 AND session.id = $2
      """;

  private static final String ROTATE =
      """
      UPDATE staff_session SET generation = $3, rotated_at = $4 WHERE school_id = $1 AND id = $2
      """;

  private static final String REVOKE =
      """
      UPDATE staff_session SET revoked_at = $3
      WHERE school_id = $1 AND id = $2 AND revoked_at IS NULL
      """;

  private static final String REVOKE_ALL =
      """
      UPDATE staff_user SET token_version = token_version + 1 WHERE school_id = $1 AND id = $2
      """;

  /** Of a session that is open; role and name of now, which nobody changes meanwhile. */
  private static final String HOLD_PERSON =
      """
      SELECT staff.id, staff.role, staff.full_name
      FROM staff_session session
      JOIN staff_user staff ON staff.school_id = session.school_id AND staff.id = session.staff_id
      WHERE session.school_id = $1 AND session.id = $2 AND session.staff_id = $3
        AND session.revoked_at IS NULL AND session.expires_at > $4 AND staff.locked_at IS NULL
        AND staff.token_version = session.token_version
      FOR NO KEY UPDATE OF staff
      """;

  private static final String VERSION =
      """
      SELECT staff.token_version
      FROM staff_session session
      JOIN staff_user staff ON staff.school_id = session.school_id AND staff.id = session.staff_id
      WHERE session.school_id = $1 AND session.id = $2 AND session.staff_id = $3
        AND session.revoked_at IS NULL AND staff.locked_at IS NULL
        AND staff.token_version = session.token_version
      """;

  private final Database database;

  SessionRepository(Database database) {
    this.database = database;
  }

  /**
   * A session just opened.
   *
   * @param enrolled whether the person has confirmed a second factor
   */
  record Opened(UUID id, int version, boolean enrolled) {}

  /** Where a refresh token belongs. */
  record Place(UUID schoolId, UUID sessionId, int generation) {}

  /**
   * A session whose row is held until the transaction ends.
   *
   * @param open whether it may be renewed at all
   * @param generation of its one good refresh token, whose hash is {@code current}
   */
  record Held(
      StaffMember staff,
      Opened session,
      boolean open,
      int generation,
      Instant rotatedAt,
      Buffer current) {}

  /**
   * Opens a session.
   *
   * @param generation 1 for a session with refresh tokens, 0 for one without
   * @return empty when the person may have none
   */
  static Future<Optional<Opened>> open(
      SqlConnection transaction, StaffMember staff, int generation, Instant now, Instant until) {
    return transaction
        .preparedQuery(OPEN)
        .execute(Tuple.of(staff.schoolId(), staff.id(), at(now), at(until), generation))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Opened(
                                row.getUUID("id"),
                                row.getInteger("token_version"),
                                row.getBoolean("enrolled")))
                    .findFirst());
  }

  static Future<Void> addToken(SqlConnection transaction, Place place, Buffer hash) {
    return transaction
        .preparedQuery(ADD_TOKEN)
        .execute(Tuple.of(place.schoolId(), place.sessionId(), place.generation(), hash))
        .mapEmpty();
  }

  Future<Optional<Place>> find(List<Buffer> hashes) {
    return database
        .workerQuery(BY_TOKEN, Tuple.of((Object) hashes.toArray(Buffer[]::new)))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Place(
                                row.getUUID("school_id"),
                                row.getUUID("session_id"),
                                row.getInteger("generation")))
                    .findFirst());
  }

  static Future<Optional<Held>> hold(SqlConnection transaction, Place place, Instant now) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(place.schoolId(), place.sessionId()))
        .compose(
            locked ->
                transaction
                    .preparedQuery(READ)
                    .execute(Tuple.of(place.schoolId(), place.sessionId(), at(now))))
        .map(rows -> rows.stream().map(row -> held(place, row)).findFirst());
  }

  /** Makes the place's generation the good one. */
  static Future<Void> rotate(SqlConnection transaction, Place next, Instant now) {
    return transaction
        .preparedQuery(ROTATE)
        .execute(Tuple.of(next.schoolId(), next.sessionId(), next.generation(), at(now)))
        .mapEmpty();
  }

  static Future<Void> revoke(SqlConnection transaction, UUID school, UUID session, Instant now) {
    return transaction.preparedQuery(REVOKE).execute(Tuple.of(school, session, at(now))).mapEmpty();
  }

  /** Ends whatever was issued to a person so far. */
  static Future<Void> revokeAll(SqlConnection transaction, UUID school, UUID staff) {
    return transaction.preparedQuery(REVOKE_ALL).execute(Tuple.of(school, staff)).mapEmpty();
  }

  /** The person of a session that is open, held until the transaction ends. */
  static Future<Optional<StaffMember>> holdPerson(
      SqlConnection transaction, StaffSession session, Instant now) {
    return transaction
        .preparedQuery(HOLD_PERSON)
        .execute(Tuple.of(session.schoolId(), session.sessionId(), session.staffId(), at(now)))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new StaffMember(
                                session.schoolId(),
                                row.getUUID("id"),
                                Role.valueOf(row.getString("role")),
                                row.getString("full_name")))
                    .findFirst());
  }

  /** The version of the person of a session; empty when the session has been ended. */
  Future<Optional<Integer>> version(StaffSession session) {
    return database
        .workerQuery(VERSION, Tuple.of(session.schoolId(), session.sessionId(), session.staffId()))
        .map(rows -> rows.stream().map(row -> row.getInteger("token_version")).findFirst());
  }

  private static Held held(Place place, Row row) {
    return new Held(
        new StaffMember(
            place.schoolId(),
            row.getUUID("staff_id"),
            Role.valueOf(row.getString("role")),
            row.getString("full_name")),
        new Opened(place.sessionId(), row.getInteger("token_version"), row.getBoolean("enrolled")),
        row.getBoolean("open"),
        row.getInteger("generation"),
        row.getOffsetDateTime("rotated_at").toInstant(),
        row.getBuffer("token_hash"));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
