package porteria.roster;

/** The statements about pupils, each within one school ($1). */
final class StudentSql {

  private static final String COLUMNS =
      """
      SELECT s.id, s.student_number, s.full_name, s.course_id, c.name AS course, s.inactive_since,
        ARRAY(
          SELECT sg.guardian_id FROM student_guardian sg
          WHERE sg.school_id = s.school_id AND sg.student_id = s.id
          ORDER BY sg.guardian_id) AS guardian_ids
      FROM student s
      JOIN course c ON c.school_id = s.school_id AND c.id = s.course_id
      WHERE s.school_id = $1 AND s.erased_at IS NULL
      """;

  /**
   * By name. Each word of $4 begins a word of the name, or $4 is the number. Text without words
   * finds nobody.
   */
  static final String LIST =
      COLUMNS
          + """
              AND ($2::uuid IS NULL OR s.course_id = $2)
              AND ($3::boolean IS NULL OR (s.inactive_since IS NULL) = $3)
              AND ($4::text IS NULL OR s.student_number = $4
                OR (
                  SELECT coalesce(bool_and(strpos(' ' || folded(s.full_name), ' ' || word) > 0), false)
                  FROM string_to_table(folded($4), ' ') AS word))
              AND ($5::uuid IS NULL OR (folded(s.full_name), s.id) > (
                SELECT folded(shown.full_name), shown.id FROM student shown
                WHERE shown.school_id = $1 AND shown.id = $5))
            ORDER BY folded(s.full_name), s.id
            LIMIT $6
            """;

  static final String FIND = COLUMNS + "AND s.id = $2";

  /** Others may go on referring to the pupil meanwhile, such as cards and absences. */
  static final String FIND_TO_CHANGE = FIND + " FOR NO KEY UPDATE OF s";

  static final String CREATE =
      """
      INSERT INTO student (school_id, student_number, full_name, course_id, inactive_since)
      VALUES ($1, $2, $3, $4, $5)
      RETURNING id
      """;

  static final String CHANGE =
      """
      UPDATE student SET full_name = $3, course_id = $4, inactive_since = $5
      WHERE school_id = $1 AND id = $2
      """;

  /**
   * For itself, as the number is of a key: whoever names it in an update waits for all who refer to
   * the pupil, even if it stays.
   */
  static final String RENUMBER =
      "UPDATE student SET student_number = $3 WHERE school_id = $1 AND id = $2";

  static final String UNLINK =
      """
      DELETE FROM student_guardian
      WHERE school_id = $1 AND student_id = $2 AND guardian_id <> ALL ($3)
      RETURNING guardian_id
      """;

  static final String LINK =
      """
      INSERT INTO student_guardian (school_id, student_id, guardian_id)
      SELECT $1, $2, guardian_id FROM unnest($3::uuid[]) AS guardian_id
      ON CONFLICT DO NOTHING
      """;

  /** In the school year that runs at $4, which is the calendar year where the school stands. */
  static final String ENROL =
      """
      INSERT INTO enrollment (school_id, student_id, course_id, school_year)
      SELECT $1, $2, $3, extract(year FROM $4::timestamptz AT TIME ZONE school.timezone)
      FROM school
      WHERE school.id = $1
      ON CONFLICT (school_id, student_id, school_year) DO UPDATE SET course_id = EXCLUDED.course_id
      """;

  private StudentSql() {}
}
