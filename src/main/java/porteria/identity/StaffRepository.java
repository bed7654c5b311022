package porteria.identity;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Role;

/** The rows of accounts, each statement in a transaction that names the school. */
final class StaffRepository {

  /** By name; a school has hundreds at most. */
  private static final String ALL =
      """
      SELECT id, email, full_name, role, locked_at IS NOT NULL AS locked
      FROM staff_user
      WHERE school_id = $1
      ORDER BY full_name, id
      LIMIT 1000
      """;

  /** Whoever changes accounts of a school waits here for the one before. */
  private static final String HOLD_ADMINS =
      """
      SELECT id FROM staff_user
      WHERE school_id = $1 AND role = 'ADMIN' AND locked_at IS NULL
      ORDER BY id
      FOR NO KEY UPDATE
      """;

  private static final String HOLD =
      """
      SELECT id, email, full_name, role, locked_at IS NOT NULL AS locked
      FROM staff_user
      WHERE school_id = $1 AND id = $2
      FOR NO KEY UPDATE
      """;

  /** A mailbox is one person's across all schools, also those that this role does not see. */
  private static final String ADD =
      """
      INSERT INTO staff_user (school_id, email, full_name, role, password_hash)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (email) DO NOTHING
      RETURNING id
      """;

  private static final String CHANGE =
      """
      UPDATE staff_user
      SET full_name = $3, role = $4,
          locked_at = CASE WHEN $5::boolean THEN coalesce(locked_at, $6::timestamptz) END
      WHERE school_id = $1 AND id = $2
      """;

  private static final String REPLACE_PASSWORD =
      "UPDATE staff_user SET password_hash = $3 WHERE school_id = $1 AND id = $2 RETURNING email";

  private static final String MAILBOX =
      "SELECT email FROM staff_user WHERE school_id = $1 AND id = $2";

  private StaffRepository() {}

  static Future<List<StaffRecord>> all(SqlConnection transaction, UUID school) {
    return transaction
        .preparedQuery(ALL)
        .execute(Tuple.of(school))
        .map(rows -> rows.stream().map(StaffRepository::record).toList());
  }

  /** The admins that can act, none of whom anybody else changes until the transaction ends. */
  static Future<List<UUID>> holdAdmins(SqlConnection transaction, UUID school) {
    return transaction
        .preparedQuery(HOLD_ADMINS)
        .execute(Tuple.of(school))
        .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
  }

  static Future<Optional<StaffRecord>> hold(SqlConnection transaction, UUID school, UUID staff) {
    return transaction
        .preparedQuery(HOLD)
        .execute(Tuple.of(school, staff))
        .map(rows -> rows.stream().map(StaffRepository::record).findFirst());
  }

  /** The id of the new account; empty when its mailbox has one already, here or elsewhere. */
  static Future<Optional<UUID>> add(
      SqlConnection transaction, UUID school, NewStaff staff, String passwordHash) {
    return transaction
        .preparedQuery(ADD)
        .execute(Tuple.of(school, staff.email(), staff.name(), staff.role().name(), passwordHash))
        .map(rows -> rows.stream().map(row -> row.getUUID("id")).findFirst());
  }

  static Future<Void> change(
      SqlConnection transaction, UUID school, StaffRecord after, Instant now) {
    return transaction
        .preparedQuery(CHANGE)
        .execute(
            Tuple.of(school, after.id(), after.name(), after.role().name(), after.locked())
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }

  /** The person's mailbox; empty when the school has no such person. */
  static Future<Optional<String>> replacePassword(
      SqlConnection transaction, UUID school, UUID staff, String hash) {
    return transaction
        .preparedQuery(REPLACE_PASSWORD)
        .execute(Tuple.of(school, staff, hash))
        .map(StaffRepository::email);
  }

  static Future<Optional<String>> mailbox(SqlConnection transaction, UUID school, UUID staff) {
    return transaction
        .preparedQuery(MAILBOX)
        .execute(Tuple.of(school, staff))
        .map(StaffRepository::email);
  }

  private static Optional<String> email(RowSet<Row> rows) {
    return rows.stream().map(row -> row.getString("email")).findFirst();
  }

  private static StaffRecord record(Row row) {
    return new StaffRecord(
        row.getUUID("id"),
        row.getString("email"),
        row.getString("full_name"),
        Role.valueOf(row.getString("role")),
        row.getBoolean("locked"));
  }
}
