package porteria.absence;

/** The statements of requests, each within one school ($1). */
final class AbsenceSql {

  /** That guardian $3 submitted a request and still answers for the pupil. */
  static final String OWN =
      """
      r.guardian_id = $3 AND EXISTS (
        SELECT FROM student_guardian sg
        WHERE sg.school_id = r.school_id AND sg.student_id = r.student_id AND sg.guardian_id = $3)
      """;

  /**
   * A child of guardian $3 ($2), and where the school is. Locks the pupil's row: requests of one
   * pupil are submitted one after the other.
   */
  static final String CHILD =
      """
      SELECT s.timezone
      FROM student p
      JOIN school s ON s.id = p.school_id
      WHERE p.school_id = $1 AND p.id = $2 AND p.erased_at IS NULL
        AND EXISTS (
          SELECT FROM student_guardian sg
          WHERE sg.school_id = p.school_id AND sg.student_id = p.id AND sg.guardian_id = $3)
      FOR NO KEY UPDATE OF p
      """;

  /** What covers a day between $3 and $4 already. */
  static final String OVERLAPPING =
      """
      SELECT from_date, to_date
      FROM absence_request
      WHERE school_id = $1 AND student_id = $2 AND status IN ('PENDING', 'APPROVED')
        AND from_date <= $4 AND to_date >= $3
      ORDER BY from_date
      LIMIT 1
      """;

  static final String SUBMIT =
      """
      INSERT INTO absence_request (school_id, student_id, guardian_id, type, from_date, to_date,
        note, status, submitted_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'PENDING', $8)
      RETURNING id
      """;

  private static final String COLUMNS =
      """
      SELECT r.id, r.student_id, p.full_name AS student, c.id AS course_id, c.name AS course,
        r.guardian_id, g.full_name AS guardian, r.type, r.from_date, r.to_date, r.note,
        r.attachment_ref IS NOT NULL AS attached, r.status, r.submitted_at, r.resolved_at,
        u.full_name AS resolved_by, r.resolution_reason
      FROM absence_request r
      JOIN student p ON p.school_id = r.school_id AND p.id = r.student_id AND p.erased_at IS NULL
      JOIN course c ON c.school_id = p.school_id AND c.id = p.course_id
      LEFT JOIN guardian g ON g.school_id = r.school_id AND g.id = r.guardian_id
      LEFT JOIN staff_user u ON u.school_id = r.school_id AND u.id = r.resolved_by
      WHERE r.school_id = $1
      """;

  static final String FIND = COLUMNS + "AND r.id = $2";

  /** Of all pupils, or of the children of guardian $7; ids are ordered as they were submitted. */
  static final String LIST =
      COLUMNS
          + """
              AND ($2::text IS NULL OR r.status = $2)
              AND ($3::uuid IS NULL OR r.student_id = $3)
              AND ($4::date IS NULL OR r.to_date >= $4)
              AND ($5::date IS NULL OR r.from_date <= $5)
              AND ($6::uuid IS NULL OR r.id < $6)
              AND ($7::uuid IS NULL OR EXISTS (
                SELECT FROM student_guardian sg
                WHERE sg.school_id = r.school_id AND sg.student_id = r.student_id
                  AND sg.guardian_id = $7))
            ORDER BY r.id DESC
            LIMIT $8
            """;

  /**
   * Of two at once, one finds the request pending; the other waits for its commit. The pupil is to
   * be looked for again, if that is due.
   */
  static final String WITHDRAW =
      """
      WITH withdrawn AS (
        UPDATE absence_request r SET status = 'WITHDRAWN', resolved_at = $4
        WHERE r.school_id = $1 AND r.id = $2 AND r.status = 'PENDING' AND %s
        RETURNING r.student_id
      )
      UPDATE student s SET look_again_after = s.course_id
      FROM withdrawn
      WHERE s.school_id = $1 AND s.id = withdrawn.student_id
      RETURNING s.id
      """
          .formatted(OWN);

  /**
   * Of two at once, one finds the request pending; the other waits for its commit. The pupil of one
   * that is rejected is to be looked for again, if that is due.
   */
  static final String RESOLVE =
      """
      WITH resolved AS (
        UPDATE absence_request
        SET status = $3, resolved_by = $4, resolved_at = $5, resolution_reason = $6
        WHERE school_id = $1 AND id = $2 AND status = 'PENDING'
        RETURNING id, student_id, guardian_id, from_date, to_date, status
      ), again AS (
        UPDATE student s SET look_again_after = s.course_id
        FROM resolved r
        WHERE r.status = 'REJECTED' AND s.school_id = $1 AND s.id = r.student_id
      )
      SELECT id, student_id, guardian_id, from_date, to_date FROM resolved
      """;

  /** A pupil ($2), and where the school is; locks the row, as for {@link #CHILD}. */
  static final String PUPIL =
      """
      SELECT s.timezone
      FROM student p
      JOIN school s ON s.id = p.school_id
      WHERE p.school_id = $1 AND p.id = $2 AND p.erased_at IS NULL
      FOR NO KEY UPDATE OF p
      """;

  /** Approved as it is made, by staff. */
  static final String EXCUSE =
      """
      INSERT INTO absence_request (school_id, student_id, type, from_date, to_date, note, status,
        submitted_at, resolved_at, resolved_by)
      VALUES ($1, $2, $3, $4, $5, $6, 'APPROVED', $7, $7, $8)
      RETURNING id
      """;

  /** Of what staff made; the pupil is to be looked for again, if that is due. */
  static final String REVOKE =
      """
      WITH revoked AS (
        UPDATE absence_request SET status = 'WITHDRAWN', resolved_at = $3, resolved_by = $4
        WHERE school_id = $1 AND id = $2 AND status = 'APPROVED' AND guardian_id IS NULL
        RETURNING student_id
      )
      UPDATE student s SET look_again_after = s.course_id
      FROM revoked
      WHERE s.school_id = $1 AND s.id = revoked.student_id
      RETURNING s.id
      """;

  /** Of any guardian, or of guardian $3 alone. */
  static final String STATUS =
      """
      SELECT r.status FROM absence_request r
      WHERE r.school_id = $1 AND r.id = $2 AND ($3::uuid IS NULL OR (%s))
      """
          .formatted(OWN);

  private AbsenceSql() {}
}
