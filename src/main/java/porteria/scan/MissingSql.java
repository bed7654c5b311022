package porteria.scan;

/** Who is missing, whom to call, and how far their alarms have come. */
final class MissingSql {

  /**
   * At most $7 pupils after $8 of the school $1 who are expected on $6 (the courses $4, at $5),
   * have not entered between $2 and $3, and are not excused.
   */
  static final String MISSING =
      """
      WITH missing AS MATERIALIZED (
        SELECT s.id, s.full_name, c.id AS course_id, c.name AS course, b.in_time
        FROM unnest($4::uuid[], $5::time[]) AS b (course_id, in_time)
        JOIN course c ON c.school_id = $1 AND c.id = b.course_id
        JOIN student s ON s.school_id = c.school_id AND s.course_id = c.id
          AND (s.inactive_since IS NULL OR s.inactive_since > $2)
        WHERE NOT EXISTS (
            SELECT FROM attendance_event e
            WHERE e.school_id = $1 AND e.student_id = s.id AND e.type = 'IN'
              AND e.annulled_at IS NULL AND e.occurred_at >= $2 AND e.occurred_at < $3)
          AND NOT EXISTS (
            SELECT FROM absence_request a
            WHERE a.school_id = $1 AND a.student_id = s.id AND a.status = 'APPROVED'
              AND $6 BETWEEN a.from_date AND a.to_date)
          AND ($8::uuid IS NULL OR (c.name, folded(s.full_name), s.id) > (
            SELECT shown_course.name, folded(shown.full_name), shown.id
            FROM student shown
            JOIN course shown_course ON shown_course.school_id = shown.school_id
              AND shown_course.id = shown.course_id
            WHERE shown.school_id = $1 AND shown.id = $8))
        ORDER BY c.name, folded(s.full_name), s.id
        LIMIT $7
      )
      SELECT m.id, m.full_name, m.course_id, m.course, m.in_time, family.guardians,
        n.status AS alarm, n.decided_at, told.statuses AS told,
        EXISTS (
          SELECT FROM announcement owed
          WHERE owed.school_id = $1 AND owed.cause_id = n.id) AS owed,
        (SELECT a.id FROM absence_request a
          WHERE a.school_id = $1 AND a.student_id = m.id AND a.status = 'PENDING'
            AND $6 BETWEEN a.from_date AND a.to_date
          LIMIT 1) AS pending
      FROM missing m
      LEFT JOIN no_show n ON n.school_id = $1 AND n.day = $6 AND n.student_id = m.id
        AND n.status <> 'DROPPED'
      CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT t.status) AS statuses
        FROM notification t
        WHERE t.school_id = $1 AND t.cause_id = n.id
          AND t.cause IN ('NO_SHOW', 'NO_SHOW_GATE_OFFLINE')) told
      CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('name', g.full_name, 'phone', phone.address)
          ORDER BY phone.address IS NULL, g.full_name) AS guardians
        FROM student_guardian sg
        JOIN guardian g ON g.school_id = sg.school_id AND g.id = sg.guardian_id
          AND g.inactive_since IS NULL
        LEFT JOIN LATERAL (
          SELECT contact.address
          FROM guardian_contact contact
          WHERE contact.school_id = g.school_id AND contact.guardian_id = g.id
            AND contact.channel = 'WHATSAPP'
          ORDER BY contact.verified DESC, contact.id
          LIMIT 1) phone ON true
        WHERE sg.school_id = $1 AND sg.student_id = m.id) family
      ORDER BY m.course, folded(m.full_name), m.id
      """;

  private MissingSql() {}
}
