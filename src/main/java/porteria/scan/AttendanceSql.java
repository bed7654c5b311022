package porteria.scan;

/** What a school's days look like, derived from events by the order in which they occurred. */
final class AttendanceSql {

  static final String SEQUENCE = "SELECT seq FROM live_sequence WHERE school_id = $1";

  /**
   * Counts by course, for the courses $4 that expect their pupils, at $5. A pupil is late whose
   * first entry came in a later minute than the course's time; inside or gone by the last event;
   * absent who is expected, not excused by an approved request, and has no entry.
   */
  static final String DAY =
      """
      WITH seen AS (
        SELECT e.student_id,
          min(e.occurred_at) FILTER (WHERE e.type = 'IN') AS first_in,
          (array_agg(e.type ORDER BY e.occurred_at DESC, e.id DESC))[1] AS last_type
        FROM attendance_event e
        WHERE e.school_id = $1 AND e.occurred_at >= $2 AND e.occurred_at < $3
          AND e.annulled_at IS NULL
        GROUP BY e.student_id
      ), excused AS (
        SELECT DISTINCT a.student_id
        FROM absence_request a
        WHERE a.school_id = $1 AND a.status = 'APPROVED' AND $6 BETWEEN a.from_date AND a.to_date
      )
      SELECT c.id, c.name,
        count(s.id) FILTER (WHERE b.in_time IS NOT NULL)::integer AS expected,
        count(*) FILTER (WHERE seen.first_in IS NOT NULL AND seen.last_type = 'IN')::integer
          AS present,
        count(*) FILTER (WHERE date_trunc('minute', seen.first_in AT TIME ZONE $7)::time
          > b.in_time)::integer AS late,
        count(s.id) FILTER (WHERE b.in_time IS NOT NULL AND seen.first_in IS NULL
          AND excused.student_id IS NULL)::integer AS absent,
        count(*) FILTER (WHERE b.in_time IS NOT NULL AND seen.first_in IS NULL
          AND excused.student_id IS NOT NULL)::integer AS excused,
        count(*) FILTER (WHERE held.student_id IS NOT NULL)::integer AS held,
        count(*) FILTER (WHERE seen.first_in IS NOT NULL AND seen.last_type = 'OUT')::integer
          AS departed
      FROM course c
      LEFT JOIN student s ON s.school_id = c.school_id AND s.course_id = c.id
        AND (s.inactive_since IS NULL OR s.inactive_since > $2)
      LEFT JOIN unnest($4::uuid[], $5::time[]) AS b (course_id, in_time) ON b.course_id = c.id
      LEFT JOIN seen ON seen.student_id = s.id
      LEFT JOIN excused ON excused.student_id = s.id
      LEFT JOIN no_show held ON held.school_id = c.school_id AND held.student_id = s.id
        AND held.day = $6 AND held.status = 'HELD'
      WHERE c.school_id = $1
      GROUP BY c.id, c.name
      ORDER BY c.name
      """;

  /** The day's latest changes by the time they reached us. */
  static final String RECENT =
      """
      SELECT * FROM (
        SELECT CASE WHEN e.annulled_at IS NULL THEN 'EVENT' ELSE 'ANNULLED' END AS kind,
          e.id, s.full_name, s.course_id, e.type, g.name AS gate, e.occurred_at, e.flags,
          NULL AS reason, coalesce(e.annulled_at, e.received_at) AS changed_at
        FROM attendance_event e
        JOIN student s ON s.school_id = e.school_id AND s.id = e.student_id
        JOIN gate g ON g.school_id = e.school_id AND g.id = e.gate_id
        WHERE e.school_id = $1 AND e.occurred_at >= $2 AND e.occurred_at < $3
        UNION ALL
        SELECT 'REJECTED', r.id, NULL, NULL, r.type, g.name, r.occurred_at, r.flags,
          r.reason, r.received_at
        FROM scan_rejection r
        JOIN gate g ON g.school_id = r.school_id AND g.id = r.gate_id
        WHERE r.school_id = $1 AND r.occurred_at >= $2 AND r.occurred_at < $3
      ) changes
      ORDER BY changed_at DESC, id DESC
      LIMIT $4
      """;

  static final String EVENTS =
      """
      SELECT e.id, e.student_id, s.full_name, s.course_id, c.name AS course, e.type, e.source,
        g.code AS gate_code, g.name AS gate, d.code AS device_code, e.local_seq, e.captured_at,
        e.sent_at, e.received_at, e.occurred_at, e.flags, e.annulled_at, e.annul_reason
      FROM attendance_event e
      JOIN student s ON s.school_id = e.school_id AND s.id = e.student_id
      JOIN course c ON c.school_id = s.school_id AND c.id = s.course_id
      JOIN gate g ON g.school_id = e.school_id AND g.id = e.gate_id
      JOIN device d ON d.school_id = e.school_id AND d.id = e.device_id
      WHERE e.school_id = $1
        AND ($2::uuid IS NULL OR e.student_id = $2)
        AND ($3::uuid IS NULL OR s.course_id = $3)
        AND e.occurred_at >= coalesce($4::timestamptz, '-infinity')
        AND e.occurred_at < coalesce($5::timestamptz, 'infinity')
        AND ($6::timestamptz IS NULL OR (e.occurred_at, e.id) < ($6, $7::uuid))
        AND ($9::uuid IS NULL OR EXISTS (
          SELECT FROM student_guardian sg
          WHERE sg.school_id = e.school_id AND sg.student_id = e.student_id
            AND sg.guardian_id = $9))
        AND ($10::text IS NULL OR (
          SELECT coalesce(bool_and(strpos(' ' || folded(s.full_name || ' ' || c.name), ' ' || word) > 0),
            false)
          FROM string_to_table(folded($10), ' ') AS word))
      ORDER BY e.occurred_at DESC, e.id DESC
      LIMIT $8
      """;

  static final String REJECTIONS =
      """
      SELECT r.id, r.reason, r.type, r.source, g.code AS gate_code, g.name AS gate,
        d.code AS device_code, r.local_seq, r.received_at, r.occurred_at, r.flags
      FROM scan_rejection r
      JOIN gate g ON g.school_id = r.school_id AND g.id = r.gate_id
      JOIN device d ON d.school_id = r.school_id AND d.id = r.device_id
      WHERE r.school_id = $1
        AND r.occurred_at >= coalesce($2::timestamptz, '-infinity')
        AND r.occurred_at < coalesce($3::timestamptz, 'infinity')
        AND ($4::timestamptz IS NULL OR (r.occurred_at, r.id) < ($4, $5::uuid))
      ORDER BY r.occurred_at DESC, r.id DESC
      LIMIT $6
      """;

  private AttendanceSql() {}
}
