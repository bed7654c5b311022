package porteria.roster;

import java.util.List;

/**
 * The statements of erasing one person ($2) of a school ($1) at a time ($3). What is left says that
 * something happened, and no longer to whom.
 */
final class ErasureSql {

  /** What stands where a name stood. */
  static final String NO_NAME = "Borrado";

  static final String STUDENT =
      """
      UPDATE student
      SET full_name = '%s', student_number = NULL, erased_at = $3,
        inactive_since = coalesce(inactive_since, $3)
      WHERE school_id = $1 AND id = $2 AND erased_at IS NULL
      """
          .formatted(NO_NAME);

  static final String STUDENT_ERASED =
      "SELECT erased_at FROM student WHERE school_id = $1 AND id = $2 AND erased_at IS NOT NULL";

  static final String GUARDIAN =
      """
      UPDATE guardian
      SET full_name = '%s', notification_prefs = '{}', erased_at = $3,
        inactive_since = coalesce(inactive_since, $3)
      WHERE school_id = $1 AND id = $2 AND erased_at IS NULL
      """
          .formatted(NO_NAME);

  static final String GUARDIAN_ERASED =
      "SELECT erased_at FROM guardian WHERE school_id = $1 AND id = $2 AND erased_at IS NOT NULL";

  /** Each names all three parameters, as all are given. */
  static final List<String> AROUND_STUDENT =
      List.of(
          """
          UPDATE tag SET revoked_at = $3
          WHERE school_id = $1 AND student_id = $2 AND revoked_at IS NULL
          """,
          """
          DELETE FROM student_guardian
          WHERE school_id = $1 AND student_id = $2 AND $3::timestamptz IS NOT NULL
          """,
          """
          UPDATE consent SET expires_at = greatest(signed_at, $3)
          WHERE school_id = $1 AND student_id = $2 AND (expires_at IS NULL OR expires_at > $3)
          """,
          """
          DELETE FROM announcement
          WHERE school_id = $1 AND student_id = $2 AND $3::timestamptz IS NOT NULL
          """,
          """
          UPDATE notification
          SET payload = '{}', error = NULL, recalled = true,
            status = CASE WHEN status IN ('QUEUED', 'PARKED') THEN 'CANCELLED' ELSE status END
          WHERE school_id = $1 AND student_id = $2 AND $3::timestamptz IS NOT NULL
          """,
          """
          UPDATE attendance_event SET annul_reason = '%s'
          WHERE school_id = $1 AND student_id = $2 AND annul_reason IS NOT NULL
            AND $3::timestamptz IS NOT NULL
          """
              .formatted(NO_NAME),
          """
          UPDATE absence_request
          SET note = NULL, resolution_reason = NULL, attachment_ref = NULL,
            resolved_at = coalesce(resolved_at, $3),
            status = CASE status WHEN 'PENDING' THEN 'WITHDRAWN' ELSE status END
          WHERE school_id = $1 AND student_id = $2
          """);

  static final List<String> AROUND_GUARDIAN =
      List.of(
          forgetAddresses("contact_suppression"),
          forgetAddresses("contact_strike"),
          """
          DELETE FROM guardian_contact
          WHERE school_id = $1 AND guardian_id = $2 AND $3::timestamptz IS NOT NULL
          """,
          """
          DELETE FROM student_guardian
          WHERE school_id = $1 AND guardian_id = $2 AND $3::timestamptz IS NOT NULL
          """,
          """
          DELETE FROM magic_link
          WHERE school_id = $1 AND guardian_id = $2 AND $3::timestamptz IS NOT NULL
          """,
          """
          UPDATE guardian_session SET revoked_at = $3
          WHERE school_id = $1 AND guardian_id = $2 AND revoked_at IS NULL
          """,
          """
          UPDATE consent SET expires_at = greatest(signed_at, $3)
          WHERE school_id = $1 AND guardian_id = $2 AND (expires_at IS NULL OR expires_at > $3)
          """,
          """
          UPDATE notification
          SET address = '', payload = '{}', error = NULL, recalled = true,
            status = CASE WHEN status IN ('QUEUED', 'PARKED') THEN 'CANCELLED' ELSE status END
          WHERE school_id = $1 AND guardian_id = $2 AND $3::timestamptz IS NOT NULL
          """,
          """
          UPDATE broadcast_recipient
          SET address = '', status = CASE status WHEN 'FROZEN' THEN 'CANCELLED' ELSE status END
          WHERE school_id = $1 AND guardian_id = $2 AND $3::timestamptz IS NOT NULL
          """,
          """
          UPDATE absence_request SET note = NULL, resolution_reason = NULL
          WHERE school_id = $1 AND guardian_id = $2 AND $3::timestamptz IS NOT NULL
          """);

  private ErasureSql() {}

  /** What is known of addresses that nobody else at the school has. */
  private static String forgetAddresses(String table) {
    return """
        DELETE FROM {table} known
        USING guardian_contact own
        WHERE own.school_id = $1 AND own.guardian_id = $2 AND $3::timestamptz IS NOT NULL
          AND known.school_id = own.school_id AND known.channel = own.channel
          AND known.address = lower(own.address)
          AND NOT EXISTS (
            SELECT FROM guardian_contact other
            WHERE other.school_id = $1 AND other.guardian_id <> $2
              AND other.channel = own.channel AND lower(other.address) = known.address)
        """
        .replace("{table}", table);
  }
}
