package porteria.scan;

/** How pupils came in, today and usually. */
final class ArrivalsSql {

  /**
   * Of the school $1, whose clock is that of $3, on $2 and on the same weekday of the $4 weeks
   * before it: by minute how many had come in, of the days before the median, with their number.
   * Each day is a range of {@code attendance_event_day}.
   */
  static final String ARRIVALS =
      """
      WITH entered AS (
        SELECT day.date, min(e.occurred_at) AS at
        FROM (SELECT $2::date - 7 * week AS date FROM generate_series(0, $4::integer) week) day
        JOIN attendance_event e ON e.school_id = $1
          AND e.occurred_at >= day.date::timestamp AT TIME ZONE $3
          AND e.occurred_at < (day.date + 1)::timestamp AT TIME ZONE $3
          AND e.type = 'IN' AND e.annulled_at IS NULL
        GROUP BY day.date, e.student_id
      ), minutes AS (
        SELECT date, date_trunc('minute', at AT TIME ZONE $3)::time AS minute, count(*) AS arrived
        FROM entered
        GROUP BY 1, 2
      ), before AS (
        SELECT day.date, clock.minute, sum(coalesce(m.arrived, 0))
          OVER (PARTITION BY day.date ORDER BY clock.minute) AS total
        FROM (SELECT DISTINCT date FROM minutes WHERE date < $2) day
        CROSS JOIN (SELECT DISTINCT minute FROM minutes WHERE date < $2) clock
        LEFT JOIN minutes m ON m.date = day.date AND m.minute = clock.minute
      )
      SELECT 0 AS days, minute, sum(arrived) OVER (ORDER BY minute)::integer AS total
      FROM minutes WHERE date = $2
      UNION ALL
      SELECT count(*)::integer, minute,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY total))::integer
      FROM before
      GROUP BY minute
      ORDER BY days, minute
      """;

  /** When somebody last came in between $2 and $3. */
  static final String LAST_ENTRY =
      """
      SELECT occurred_at FROM attendance_event
      WHERE school_id = $1 AND occurred_at >= $2 AND occurred_at < $3
        AND type = 'IN' AND annulled_at IS NULL
      ORDER BY occurred_at DESC
      LIMIT 1
      """;

  private ArrivalsSql() {}
}
