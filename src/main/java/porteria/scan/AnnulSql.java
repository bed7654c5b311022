package porteria.scan;

/** The statements by which an event is taken back. */
final class AnnulSql {

  /** First, as recording does: one school's changes one after the other, numbered. */
  static final String NUMBER_CHANGE =
      """
      UPDATE live_sequence SET seq = seq + 1 WHERE school_id = $1 RETURNING seq
      """;

  /** Nothing changed after all; the row is still locked, so nobody saw the number. */
  static final String RETURN_NUMBER =
      """
      UPDATE live_sequence SET seq = seq - 1 WHERE school_id = $1
      """;

  static final String FIND =
      """
      SELECT e.type, e.device_id, e.received_at, e.occurred_at, e.annulled_at,
        s.full_name, s.course_id, g.name AS gate,
        EXISTS (SELECT FROM announcement a
                WHERE a.school_id = e.school_id AND a.cause_id = e.id
                  AND a.cause IN ('ENTRY_ANNULLED', 'EXIT_ANNULLED'))
          OR EXISTS (SELECT FROM notification n
                WHERE n.school_id = e.school_id AND n.cause_id = e.id
                  AND n.cause IN ('ENTRY_ANNULLED', 'EXIT_ANNULLED')) AS correction_owed
      FROM attendance_event e
      JOIN student s ON s.school_id = e.school_id AND s.id = e.student_id
      JOIN gate g ON g.school_id = e.school_id AND g.id = e.gate_id
      WHERE e.school_id = $1 AND e.id = $2
      """;

  static final String ANNUL =
      """
      UPDATE attendance_event
      SET annulled_at = $3, annulled_by = $4, annul_reason = $5
      WHERE school_id = $1 AND id = $2
      """;

  private AnnulSql() {}
}
