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

  /** The event proved its pupil there: they are to be looked for again among the missing. */
  static final String LOOK_AGAIN =
      """
      UPDATE student s SET look_again_after = s.course_id
      FROM attendance_event e
      WHERE e.school_id = $1 AND e.id = $2 AND s.school_id = $1 AND s.id = e.student_id
      """;

  /**
   * The events of one reading: of those of the pupil and direction that follow each other within
   * the repeat window (the school's, else $3 seconds), one that was news with its repeats ({@code
   * ScanFlag.REPEAT}, bit 1). Who leaves and enters again within the window makes two readings, and
   * families are told of both.
   */
  static final String SAME_READING =
      """
      WITH near AS (
        SELECT e.id, e.occurred_at, e.annulled_at, (e.flags & 1) = 0 AS news,
          e.occurred_at - lag(e.occurred_at) OVER (ORDER BY e.occurred_at, e.id)
            > make_interval(secs => coalesce(s.repeat_seconds, $3::double precision)) AS begins
        FROM attendance_event asked
        JOIN school s ON s.id = asked.school_id
        JOIN attendance_event e ON e.school_id = asked.school_id
          AND e.student_id = asked.student_id AND e.type = asked.type
          AND e.occurred_at BETWEEN asked.occurred_at - interval '1 day'
                                AND asked.occurred_at + interval '1 day'
        WHERE asked.school_id = $1 AND asked.id = $2
      ),
      chained AS (
        SELECT near.*, count(*) FILTER (WHERE begins) OVER (ORDER BY occurred_at, id) AS chain
        FROM near
      ),
      numbered AS (
        SELECT id, occurred_at, annulled_at, chain,
          greatest(1, count(*) FILTER (WHERE news)
            OVER (PARTITION BY chain ORDER BY occurred_at, id)) AS reading
        FROM chained
      )
      SELECT id, annulled_at IS NULL AS stands
      FROM numbered
      WHERE (chain, reading) = (SELECT chain, reading FROM numbered WHERE id = $2)
      ORDER BY occurred_at, id
      """;

  private AnnulSql() {}
}
