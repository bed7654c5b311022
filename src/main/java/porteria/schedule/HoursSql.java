package porteria.schedule;

/** The statements about hours and exceptions. */
final class HoursSql {

  static final String ZONE = "SELECT timezone FROM school WHERE id = $1";

  static final String SCHOOLS = "SELECT id, timezone, grace_minutes FROM school";

  /**
   * What is said of courses' hours: of the schools $1 on the dates $2, which are the weekdays $3 (0
   * = Monday), and of the course $4 alone when it is given.
   */
  static final String SAID =
      """
      SELECT c.school_id, c.id AS course_id, c.name AS course, d.date, base.in_time AS base_in,
        base.out_time AS base_out, own.id IS NOT NULL AS own, own.in_time AS own_in,
        own.out_time AS own_out, own.closed AS own_closed, everyone.id IS NOT NULL AS everyone,
        everyone.in_time AS everyone_in, everyone.out_time AS everyone_out,
        everyone.closed AS everyone_closed
      FROM unnest($1::uuid[], $2::date[], $3::smallint[]) AS d (school_id, date, weekday)
      JOIN course c ON c.school_id = d.school_id
      LEFT JOIN schedule base ON base.school_id = c.school_id AND base.course_id = c.id
        AND base.weekday = d.weekday
      LEFT JOIN schedule_exception own ON own.school_id = c.school_id AND own.date = d.date
        AND own.course_id = c.id
      LEFT JOIN schedule_exception everyone ON everyone.school_id = c.school_id
        AND everyone.date = d.date AND everyone.course_id IS NULL
      WHERE $4::uuid IS NULL OR c.id = $4
      """;

  private static final String EXCEPTION =
      "id, course_id, date, in_time, out_time, closed, reason, created_by, created_at";

  static final String EXCEPT =
      """
      INSERT INTO schedule_exception (school_id, scope, course_id, date, in_time, out_time, closed,
        reason, created_by, created_at)
      VALUES ($1, CASE WHEN $2::uuid IS NULL THEN 'GLOBAL' ELSE 'COURSE' END, $2, $3, $4, $5, $6,
        $7, $8, $9)
      ON CONFLICT (school_id, date, course_id) DO NOTHING
      RETURNING\s"""
          + EXCEPTION;

  static final String WITHDRAW =
      "DELETE FROM schedule_exception WHERE school_id = $1 AND id = $2 RETURNING " + EXCEPTION;

  static final String EXCEPTIONS =
      "SELECT "
          + EXCEPTION
          + """

            FROM schedule_exception
            WHERE school_id = $1
              AND date >= coalesce($2::date, '-infinity') AND date <= coalesce($3::date, 'infinity')
              AND ($4::date IS NULL OR (date, id) > ($4, $5::uuid))
            ORDER BY date, id
            LIMIT $6
            """;

  private HoursSql() {}
}
