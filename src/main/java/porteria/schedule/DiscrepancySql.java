package porteria.schedule;

/** What of a school's days does not fit together. */
final class DiscrepancySql {

  /**
   * Of the school $1 and its dates $2 to $3, before the place $4, $5, at most $6, newest first. An
   * absence of several days is one discrepancy for each day on which the pupil was there.
   */
  static final String FIND =
      """
      WITH found AS (
        SELECT 'PRESENT_ALTHOUGH_EXCUSED' AS kind, seen.at, seen.day, a.id, a.student_id
        FROM school s
        JOIN absence_request a ON a.school_id = s.id AND a.status = 'APPROVED'
          AND a.from_date <= $3 AND a.to_date >= $2
        JOIN LATERAL (
          SELECT min(e.occurred_at) AS at, (e.occurred_at AT TIME ZONE s.timezone)::date AS day
          FROM attendance_event e
          WHERE e.school_id = s.id AND e.student_id = a.student_id AND e.annulled_at IS NULL
            AND e.occurred_at >= greatest(a.from_date, $2)::timestamp AT TIME ZONE s.timezone
            AND e.occurred_at < (least(a.to_date, $3) + 1)::timestamp AT TIME ZONE s.timezone
          GROUP BY 2
        ) seen ON true
        WHERE s.id = $1
        UNION ALL
        SELECT 'ALARMED_THEN_ARRIVED', seen.at, n.day, n.id, n.student_id
        FROM school s
        JOIN no_show n ON n.school_id = s.id AND n.status IN ('RAISED', 'CORRECTED')
          AND n.day BETWEEN $2 AND $3
        JOIN LATERAL (
          SELECT min(e.occurred_at) AS at
          FROM attendance_event e
          WHERE e.school_id = s.id AND e.student_id = n.student_id AND e.annulled_at IS NULL
            AND e.occurred_at >= n.day::timestamp AT TIME ZONE s.timezone
            AND e.occurred_at < (n.day + 1)::timestamp AT TIME ZONE s.timezone
        ) seen ON seen.at IS NOT NULL
        WHERE s.id = $1
        UNION ALL
        SELECT 'ALARMED_THEN_EXCUSED', a.resolved_at, n.day, n.id, n.student_id
        FROM no_show n
        JOIN absence_request a ON a.school_id = n.school_id AND a.student_id = n.student_id
          AND a.status = 'APPROVED' AND n.day BETWEEN a.from_date AND a.to_date
          AND a.resolved_at > n.decided_at
        WHERE n.school_id = $1 AND n.status IN ('RAISED', 'CORRECTED') AND n.day BETWEEN $2 AND $3
      )
      SELECT f.kind, f.at, f.day, f.id, f.student_id, p.full_name, c.id AS course_id,
        c.name AS course
      FROM found f
      JOIN student p ON p.school_id = $1 AND p.id = f.student_id
      JOIN course c ON c.school_id = $1 AND c.id = p.course_id
      WHERE $4::timestamptz IS NULL OR (f.at, f.id) < ($4, $5::uuid)
      ORDER BY f.at DESC, f.id DESC
      LIMIT $6
      """;

  private DiscrepancySql() {}
}
