package porteria.roster;

/** The statements of an import, each within one school ($1) and each for all rows at once. */
final class ImportSql {

  /** One import of a school at a time, until its transaction ends. */
  static final String LOCK = "SELECT pg_advisory_xact_lock(7267284, hashtext($1::uuid::text))";

  static final String SCHOOL = "SELECT country, language FROM school WHERE id = $1";

  /** With the one span that Monday to Friday share, where they do. */
  static final String COURSES =
      """
      SELECT c.id, c.name, c.grade, h.in_time, h.out_time
      FROM course c
      LEFT JOIN LATERAL (
        SELECT min(s.in_time) AS in_time, min(s.out_time) AS out_time
        FROM schedule s
        WHERE s.school_id = c.school_id AND s.course_id = c.id AND s.weekday < 5
        HAVING count(*) = 5 AND min(s.in_time) = max(s.in_time)
          AND min(s.out_time) = max(s.out_time)) h ON true
      WHERE c.school_id = $1
      """;

  static final String STUDENTS =
      """
      SELECT s.id, s.student_number, s.full_name, s.course_id, c.name AS course,
        s.inactive_since IS NULL AS active,
        ARRAY(
          SELECT sg.guardian_id FROM student_guardian sg
          WHERE sg.school_id = s.school_id AND sg.student_id = s.id
          ORDER BY sg.guardian_id) AS guardian_ids
      FROM student s
      JOIN course c ON c.school_id = s.school_id AND c.id = s.course_id
      WHERE s.school_id = $1 AND s.student_number = ANY ($2)
      """;

  static final String GUARDIANS =
      """
      SELECT g.id, g.full_name, g.language, g.inactive_since IS NULL AS active,
        array_agg(c.address ORDER BY c.id) FILTER (WHERE c.channel = 'WHATSAPP') AS phones,
        array_agg(c.address ORDER BY c.id) FILTER (WHERE c.channel = 'EMAIL') AS mailboxes
      FROM guardian g
      LEFT JOIN guardian_contact c ON c.school_id = g.school_id AND c.guardian_id = g.id
      WHERE g.school_id = $1 AND g.erased_at IS NULL
      GROUP BY g.id, g.full_name, g.language, g.inactive_since
      ORDER BY g.id
      """;

  static final String KEEP_COURSES =
      """
      INSERT INTO course (school_id, id, name, grade)
      SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[])
      ON CONFLICT (school_id, id) DO UPDATE SET grade = EXCLUDED.grade
      """;

  static final String KEEP_HOURS =
      """
      INSERT INTO schedule (school_id, course_id, weekday, in_time, out_time)
      SELECT $1, course.id, weekday, course.in_time, course.out_time
      FROM unnest($2::uuid[], $3::time[], $4::time[]) AS course (id, in_time, out_time),
        generate_series(0, 4) AS weekday
      ON CONFLICT (school_id, course_id, weekday)
      DO UPDATE SET in_time = EXCLUDED.in_time, out_time = EXCLUDED.out_time
      """;

  static final String CREATE_STUDENTS =
      """
      INSERT INTO student (school_id, id, student_number, full_name, course_id)
      SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[])
      """;

  static final String CHANGE_STUDENTS =
      """
      UPDATE student s SET full_name = row.full_name, course_id = row.course_id
      FROM unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[])
        AS row (id, student_number, full_name, course_id)
      WHERE s.school_id = $1 AND s.id = row.id AND s.student_number = row.student_number
      """;

  /** In the school year that runs at $4. */
  static final String ENROL =
      """
      INSERT INTO enrollment (school_id, student_id, course_id, school_year)
      SELECT $1, row.student_id, row.course_id,
        extract(year FROM $4::timestamptz AT TIME ZONE school.timezone)
      FROM unnest($2::uuid[], $3::uuid[]) AS row (student_id, course_id), school
      WHERE school.id = $1
      ON CONFLICT (school_id, student_id, school_year) DO UPDATE SET course_id = EXCLUDED.course_id
      """;

  /** $5 are the preferences of those who are new. */
  static final String KEEP_GUARDIANS =
      """
      INSERT INTO guardian (school_id, id, full_name, language, notification_prefs)
      SELECT $1, row.id, row.full_name, row.language, $5::jsonb
      FROM unnest($2::uuid[], $3::text[], $4::text[]) AS row (id, full_name, language)
      ON CONFLICT (school_id, id)
      DO UPDATE SET full_name = EXCLUDED.full_name, language = EXCLUDED.language
      """;

  /** A guardian's other addresses of a channel give way to the one in the file. */
  static final String DROP_CONTACTS =
      """
      DELETE FROM guardian_contact c
      USING unnest($2::uuid[], $3::text[], $4::text[]) AS row (guardian_id, channel, address)
      WHERE c.school_id = $1 AND c.guardian_id = row.guardian_id AND c.channel = row.channel
        AND c.address <> row.address
      RETURNING c.guardian_id
      """;

  static final String KEEP_CONTACTS =
      """
      INSERT INTO guardian_contact (school_id, guardian_id, channel, address)
      SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[])
      ON CONFLICT (school_id, guardian_id, channel, address) DO NOTHING
      """;

  static final String LINK =
      """
      INSERT INTO student_guardian (school_id, student_id, guardian_id)
      SELECT $1, * FROM unnest($2::uuid[], $3::uuid[])
      ON CONFLICT DO NOTHING
      """;

  private ImportSql() {}
}
