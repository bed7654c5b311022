package porteria.schedule;

import porteria.outbox.Announcements;

/**
 * The statements of the daily check; others see them only in order to measure them. Every time is a
 * parameter: the database's clock decides nothing. What one node has taken, another skips.
 */
public final class NoShowSql {

  /**
   * One node plans at a time, so that the last to plan has seen the latest change. The number is
   * arbitrary and used for nothing else.
   */
  static final String LOCK_PLAN = "SELECT pg_advisory_xact_lock(7021031014)";

  private static final String WANTED =
      """
      WITH today AS (
        SELECT * FROM unnest($1::uuid[], $2::date[]) AS t (school_id, day)
      ), wanted AS (
        SELECT w.school_id, w.course_id, today.day, w.in_time, w.due_at, w.until
        FROM unnest($3::uuid[], $4::uuid[], $5::time[], $6::timestamptz[], $7::timestamptz[])
          AS w (school_id, course_id, in_time, due_at, until)
        JOIN today ON today.school_id = w.school_id
      )\
      """;

  /**
   * Plans at $8 the checks $3 to $7 (school, course, entry, due, until) of the schools $1 on the
   * days $2. Checks that have run stay as they were; those that have not follow the hours, and go
   * when the course has no school any more. A check that becomes due at a time at which the school
   * had been planned without it lapses: the hours were changed, or came, after it, and nobody was
   * missing by the hours of then. (A server that was down then has not planned, and catches up.)
   * One that waits for the same time of entry, and whose school shortened the grace, has not lapsed
   * but runs at once.
   */
  static final String PLAN =
      WANTED
          + """
            , gone AS (
              DELETE FROM planned_check p
              USING today
              WHERE p.school_id = today.school_id AND p.day = today.day AND p.status = 'PLANNED'
                AND NOT EXISTS (
                  SELECT FROM wanted w
                  WHERE w.school_id = p.school_id AND w.course_id = p.course_id)
            ), timely AS (
              SELECT w.*, w.due_at > coalesce(plan.planned_at, s.created_at)
                OR EXISTS (
                  SELECT FROM planned_check p
                  WHERE p.school_id = w.school_id AND p.course_id = w.course_id AND p.day = w.day
                    AND p.status = 'PLANNED' AND p.in_time = w.in_time) AS timely
              FROM wanted w
              JOIN school s ON s.id = w.school_id
              LEFT JOIN schedule_plan plan ON plan.school_id = w.school_id
            )
            INSERT INTO planned_check AS p
              (school_id, course_id, day, in_time, due_at, until, status, checked_at)
            SELECT school_id, course_id, day, in_time, due_at, until,
              CASE WHEN timely THEN 'PLANNED' ELSE 'LAPSED' END, CASE WHEN NOT timely THEN $8::timestamptz END
            FROM timely
            ORDER BY school_id, course_id
            ON CONFLICT (school_id, course_id, day) DO UPDATE
            SET in_time = excluded.in_time, due_at = excluded.due_at, until = excluded.until,
              status = excluded.status, checked_at = excluded.checked_at
            WHERE (p.in_time, p.due_at, p.until)
                <> (excluded.in_time, excluded.due_at, excluded.until)
              AND NOT p.again
              AND (p.status = 'PLANNED' OR (p.status = 'LAPSED' AND excluded.status = 'PLANNED'))
            """;

  /**
   * Forgets alarms that are held back, of which nobody was told, where by the hours of now nobody
   * is missing: the course has no school any more or begins later. Then it is checked again.
   */
  static final String FORGET_HELD =
      WANTED
          + """
            , forgotten AS (
              DELETE FROM no_show n
              USING today
              WHERE n.school_id = today.school_id AND n.day = today.day AND n.status = 'HELD'
                AND NOT EXISTS (
                  SELECT FROM wanted w
                  WHERE w.school_id = n.school_id AND w.course_id = n.course_id AND w.due_at <= $8)
              RETURNING n.school_id, n.course_id, n.day
            )
            UPDATE planned_check p
            SET status = 'PLANNED', checked_at = NULL, in_time = w.in_time, due_at = w.due_at,
              until = w.until
            FROM (SELECT DISTINCT * FROM forgotten) f
            JOIN wanted w ON w.school_id = f.school_id AND w.course_id = f.course_id
            WHERE p.school_id = f.school_id AND p.course_id = f.course_id AND p.day = f.day
              AND p.status = 'DONE'
            """;

  static final String NOTE_PLANNED =
      """
      INSERT INTO schedule_plan (school_id, planned_at) SELECT unnest($1::uuid[]), $2
      ON CONFLICT (school_id) DO UPDATE SET planned_at = excluded.planned_at
      """;

  /**
   * Checks a course once more for pupils who are to be looked for again: they came to it, or what
   * proved them there was annulled, and the course of then has been looked through too.
   */
  static final String PLAN_AGAIN =
      """
      UPDATE planned_check p SET status = 'PLANNED', checked_at = NULL, again = true
      WHERE p.status = 'DONE' AND p.until > $1
        AND EXISTS (
          SELECT FROM student s
          WHERE s.school_id = p.school_id AND s.course_id = p.course_id
            AND {LOOK_AGAIN})
      """
          .replace("{LOOK_AGAIN}", lookAgain("p.day"));

  static final String ANY_DUE =
      "SELECT EXISTS (SELECT FROM planned_check WHERE status = 'PLANNED' AND due_at <= $1) AS due";

  private static final String SEEN_FROM = "SELECT FROM attendance_event e\n            WHERE ";

  private static final String SEEN = SEEN_FROM + Announcements.SEEN_THAT_DAY;

  /**
   * Runs up to $2 checks that are due at $1: finds who of the courses has not been seen and is not
   * excused, and owes the alarm, or holds it back where a gate is dark. A check whose course's day
   * is over lapses; so does one of a school that has no kiosk, where nobody can have been seen. An
   * alarm that was dropped, of which nobody was told, may be found anew, under another id. Answers
   * a line for each school.
   */
  public static final String CHECK =
      """
      WITH due AS MATERIALIZED (
        SELECT school_id, course_id, day, in_time, due_at,
          until, again, until > $1 AND EXISTS (
            SELECT FROM device d
            WHERE d.school_id = planned_check.school_id AND {IN_USE}) AS runs
        FROM planned_check
        WHERE status = 'PLANNED' AND due_at <= $1
        ORDER BY due_at, school_id, course_id
        LIMIT $2
        FOR UPDATE SKIP LOCKED
      ), checked AS (
        UPDATE planned_check p
        SET status = CASE WHEN due.runs THEN 'DONE' ELSE 'LAPSED' END, checked_at = $1
        FROM due
        WHERE p.school_id = due.school_id AND p.course_id = due.course_id AND p.day = due.day
      ), looked_for AS (
        UPDATE student s SET look_again_after = NULL
        FROM due
        WHERE s.school_id = due.school_id AND s.course_id = due.course_id
          AND {LOOK_AGAIN}
      ), gates AS MATERIALIZED (
        SELECT cut.school_id, cut.day, cut.due_at, EXISTS (SELECT {DARK}) AS dark,
          cut.day::timestamp AT TIME ZONE s.timezone AS begins,
          (cut.day + 1)::timestamp AT TIME ZONE s.timezone AS ends
        FROM (SELECT DISTINCT school_id, day, due_at FROM due WHERE runs) cut
        JOIN school s ON s.id = cut.school_id
      ), missing AS (
        SELECT due.school_id, s.id AS student_id, due.course_id, due.day, due.in_time,
          due.due_at AS cut_off, due.until, gates.dark, gates.begins, gates.ends
        FROM due
        JOIN gates ON gates.school_id = due.school_id AND gates.day = due.day
          AND gates.due_at = due.due_at
        JOIN student s ON s.school_id = due.school_id AND s.course_id = due.course_id
        WHERE (s.inactive_since IS NULL OR s.inactive_since > $1)
          AND (NOT due.again OR {LOOK_AGAIN})
          AND NOT EXISTS (
            {EXCUSED})
      ), absent AS (
        SELECT missing.*
        FROM missing
        WHERE NOT EXISTS (
            {SEEN})
      ), found AS (
        INSERT INTO no_show AS n (school_id, student_id, course_id, day, in_time, cut_off, until,
          found_at, status, decided_at)
        SELECT school_id, student_id, course_id, day, in_time, cut_off, until, $1,
          CASE WHEN dark THEN 'HELD' ELSE 'RAISED' END, CASE WHEN dark THEN NULL ELSE $1 END
        FROM absent
        ORDER BY school_id, student_id
        ON CONFLICT (student_id, day, school_id) DO UPDATE
        SET id = uuidv7(), course_id = excluded.course_id, in_time = excluded.in_time,
          cut_off = excluded.cut_off, until = excluded.until, found_at = excluded.found_at,
          status = excluded.status, decided_at = excluded.decided_at, gate_offline = false
        WHERE n.status = 'DROPPED'
        RETURNING school_id, id, student_id, status
      ), owed AS (
        {ANNOUNCE}
        SELECT school_id, id, 'NO_SHOW', student_id FROM found WHERE status = 'RAISED'
      )
      SELECT checks.school_id, checks.run, coalesce(results.held, 0) AS held,
        coalesce(results.raised, 0) AS raised
      FROM (SELECT school_id, count(*)::integer AS run FROM due GROUP BY school_id) checks
      LEFT JOIN (
        SELECT school_id, count(*) FILTER (WHERE status = 'HELD')::integer AS held,
          count(*) FILTER (WHERE status = 'RAISED')::integer AS raised
        FROM found GROUP BY school_id) results ON results.school_id = checks.school_id
      """
          .replace("{IN_USE}", inUse("planned_check.due_at"))
          .replace("{LOOK_AGAIN}", lookAgain("due.day"))
          .replace("{DARK}", dark("cut.school_id", "cut.due_at"))
          .replace("{EXCUSED}", excused("s.id", "due.school_id", "due.day"))
          .replace(
              "{SEEN}", SEEN_FROM + Announcements.seenBetween("missing.begins", "missing.ends"))
          .replace("{ANNOUNCE}", Announcements.INSERT_INTO);

  /**
   * Decides at $1 on up to $5 alarms that are held back. Drops those of pupils who were there after
   * all, are excused or inactive by now, and those of days that are over; raises the others once
   * every gate was heard; those found at $2 or before even though a gate is dark; those of the
   * school $3, when it is given, at the word of $4, and of them only that of the pupil $6, when one
   * is given.
   */
  private static final String DECIDE =
      """
      WITH held AS MATERIALIZED (
        SELECT n.school_id, n.id, n.student_id, n.day, n.cut_off, n.until, n.found_at
        FROM no_show n
        WHERE n.status = 'HELD' AND ($3::uuid IS NULL OR n.school_id = $3)
          AND ($6::uuid IS NULL OR n.student_id = $6)
      ), gates AS MATERIALIZED (
        SELECT cut.school_id, cut.cut_off, EXISTS (SELECT {DARK}) AS dark
        FROM (SELECT DISTINCT school_id, cut_off FROM held) cut
      ), judged AS (
        SELECT missing.*, gates.dark,
          missing.until <= $1
          OR p.inactive_since <= $1
          OR EXISTS (
            {SEEN})
          OR EXISTS (
            {EXCUSED}) AS cleared
        FROM held missing
        JOIN school s ON s.id = missing.school_id
        JOIN student p ON p.school_id = missing.school_id AND p.id = missing.student_id
        JOIN gates ON gates.school_id = missing.school_id AND gates.cut_off = missing.cut_off
      ), taken AS MATERIALIZED (
        SELECT n.school_id, n.id, j.cleared IS TRUE AS cleared, j.dark
        FROM judged j
        JOIN no_show n ON n.school_id = j.school_id AND n.id = j.id
        WHERE n.status = 'HELD'
          AND (j.cleared OR NOT j.dark OR j.found_at <= $2 OR $3::uuid IS NOT NULL)
        ORDER BY n.school_id, n.id
        LIMIT $5
        FOR UPDATE OF n {SKIPPING}
      ), decided AS (
        UPDATE no_show n
        SET status = CASE WHEN t.cleared THEN 'DROPPED' ELSE 'RAISED' END,
          gate_offline = t.dark AND NOT t.cleared, decided_at = $1,
          released_by = CASE WHEN t.cleared THEN NULL ELSE $4::uuid END
        FROM taken t
        WHERE n.school_id = t.school_id AND n.id = t.id AND n.status = 'HELD'
        RETURNING n.school_id, n.id, n.student_id, n.status, n.gate_offline
      ), owed AS (
        {ANNOUNCE}
        SELECT school_id, id, CASE WHEN gate_offline THEN 'NO_SHOW_GATE_OFFLINE' ELSE 'NO_SHOW' END,
          student_id
        FROM decided WHERE status = 'RAISED'
      )
      SELECT school_id, count(*) FILTER (WHERE status = 'RAISED')::integer AS raised,
        count(*) FILTER (WHERE status = 'DROPPED')::integer AS dropped
      FROM decided
      GROUP BY school_id
      """
          .replace("{DARK}", dark("cut.school_id", "cut.cut_off"))
          .replace("{EXCUSED}", excused("missing.student_id", "missing.school_id", "missing.day"))
          .replace("{SEEN}", SEEN)
          .replace("{ANNOUNCE}", Announcements.INSERT_INTO);

  /** What another node decides at this moment is left to it. */
  static final String RELEASE = DECIDE.replace("{SKIPPING}", "SKIP LOCKED");

  /** The director's word waits for a round under way, and leaves nothing behind. */
  static final String RELEASE_AT_WORD = DECIDE.replace("{SKIPPING}", "");

  /**
   * Up to $3 alarms that are owed or told, of days since $2, whose pupils a scan has shown to be
   * there; of the school $1 alone when it is given.
   */
  static final String CONTRADICTED =
      """
      SELECT missing.school_id, missing.id, missing.gate_offline
      FROM no_show missing
      JOIN school s ON s.id = missing.school_id
      WHERE missing.status = 'RAISED' AND missing.day >= $2
        AND ($1::uuid IS NULL OR missing.school_id = $1)
        AND EXISTS (
            {SEEN})
      ORDER BY missing.school_id, missing.id
      LIMIT $3
      FOR UPDATE OF missing SKIP LOCKED
      """
          .replace("{SEEN}", SEEN);

  /** The alarms $1, $2 (school, id): those whose families were told ($3) or not. */
  static final String SETTLE =
      """
      UPDATE no_show n SET status = CASE WHEN a.told THEN 'CORRECTED' ELSE 'DROPPED' END
      FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS a (school_id, id, told)
      WHERE n.school_id = a.school_id AND n.id = a.id AND n.status = 'RAISED'
      """;

  static final String HELD =
      """
      SELECT count(*)::integer AS held, min(found_at) AS since, max(cut_off) AS cut_off
      FROM no_show WHERE school_id = $1 AND status = 'HELD'
      """;

  /** The kiosks of the school $1 that are waited for since $2. */
  static final String DARK_GATES =
      """
      SELECT g.code AS gate_code, g.name AS gate, dark.code AS device_code, dark.seen_at,
        coalesce(dark.queue_len, 0) AS queue_len
      FROM (SELECT d.code, d.gate_id, d.queue_len, d.reported_at AS seen_at
            {DARK}) dark
      JOIN gate g ON g.school_id = $1 AND g.id = dark.gate_id
      ORDER BY g.name, dark.code
      """
          .replace("{DARK}", dark("$1", "$2::timestamptz"));

  private NoShowSql() {}

  /**
   * Kiosks that may have scans of before the cut-off that we do not know: they have not reported
   * since, or said that they had not sent all. That a kiosk was seen is not enough: the first
   * request of one that comes back is seen before it has said how much it holds.
   */
  private static String dark(String school, String cutOff) {
    return """
        FROM device d
            WHERE d.school_id = %s AND %s
              AND (d.reported_at >= %s
                AND coalesce(d.queue_len, 0) = 0) IS NOT TRUE\
        """
        .formatted(school, inUse(cutOff), cutOff);
  }

  /** A kiosk that was taken out of use today may still hold scans of this morning. */
  private static String inUse(String cutOff) {
    return "(d.revoked_at IS NULL OR d.revoked_at > %s - interval '12 hours')".formatted(cutOff);
  }

  /** Pupil {@code s} is to be looked for again, and nothing is to be awaited. */
  private static String lookAgain(String day) {
    return """
        s.look_again_after IS NOT NULL AND NOT EXISTS (
              SELECT FROM planned_check old
              WHERE old.school_id = s.school_id AND old.course_id = s.look_again_after
                AND old.day = %s AND old.status = 'PLANNED' AND old.due_at > $1)\
        """
        .formatted(day);
  }

  /** An absence that somebody asked for excuses, unless it was rejected or withdrawn. */
  private static String excused(String student, String school, String day) {
    return """
        SELECT FROM absence_request a
            WHERE a.student_id = %s AND a.school_id = %s
              AND %s BETWEEN a.from_date AND a.to_date AND a.status IN ('PENDING', 'APPROVED')\
        """
        .formatted(student, school, day);
  }
}
