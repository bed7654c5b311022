package porteria.roster;

/** The statements about guardians, each within one school ($1). */
final class GuardianSql {

  static final String COUNTRY = "SELECT country FROM school WHERE id = $1";

  private static final String COLUMNS =
      """
      SELECT g.id, g.full_name, g.language, g.inactive_since, g.notification_prefs,
        (SELECT coalesce(jsonb_agg({CONTACT} ORDER BY c.id), '[]')
         FROM guardian_contact c
         WHERE c.school_id = g.school_id AND c.guardian_id = g.id) AS contacts,
        ARRAY(
          SELECT sg.student_id FROM student_guardian sg
          WHERE sg.school_id = g.school_id AND sg.guardian_id = g.id
          ORDER BY sg.student_id) AS student_ids
      FROM guardian g
      WHERE g.school_id = $1 AND g.erased_at IS NULL
      """
          .replace("{CONTACT}", KeptContact.JSON);

  /** By name. Each word of $2 begins a word of the name; text without words finds nobody. */
  static final String LIST =
      COLUMNS
          + """
              AND ($2::text IS NULL OR (
                SELECT coalesce(bool_and(strpos(' ' || folded(g.full_name), ' ' || word) > 0), false)
                FROM string_to_table(folded($2), ' ') AS word))
              AND ($3::uuid IS NULL OR EXISTS (
                SELECT FROM student_guardian sg
                WHERE sg.school_id = $1 AND sg.student_id = $3 AND sg.guardian_id = g.id))
              AND ($4::uuid IS NULL OR (folded(g.full_name), g.id) > (
                SELECT folded(shown.full_name), shown.id FROM guardian shown
                WHERE shown.school_id = $1 AND shown.id = $4))
            ORDER BY folded(g.full_name), g.id
            LIMIT $5
            """;

  static final String FIND = COLUMNS + "AND g.id = $2";

  /** Others may go on referring to the guardian meanwhile: whoever comes in by a link does. */
  static final String FIND_TO_CHANGE = FIND + " FOR NO KEY UPDATE OF g";

  static final String CREATE =
      """
      INSERT INTO guardian (school_id, full_name, language, notification_prefs)
      VALUES ($1, $2, $3, $4)
      RETURNING id
      """;

  static final String CHANGE =
      """
      UPDATE guardian SET full_name = $3, language = $4, notification_prefs = $5,
        inactive_since = $6
      WHERE school_id = $1 AND id = $2
      """;

  /** Those that stay keep their rows, and so what is known of them. */
  static final String DROP_CONTACTS =
      """
      DELETE FROM guardian_contact c
      WHERE c.school_id = $1 AND c.guardian_id = $2
        AND NOT EXISTS (
          SELECT FROM unnest($3::text[], $4::text[]) AS kept (channel, address)
          WHERE kept.channel = c.channel AND kept.address = c.address)
      """;

  static final String KEEP_CONTACTS =
      """
      INSERT INTO guardian_contact (school_id, guardian_id, channel, address, verified)
      SELECT $1, $2, kept.channel, kept.address, kept.verified
      FROM unnest($3::text[], $4::text[], $5::boolean[]) WITH ORDINALITY
        AS kept (channel, address, verified, place)
      ORDER BY place
      ON CONFLICT (school_id, guardian_id, channel, address)
      DO UPDATE SET verified = EXCLUDED.verified
      """;

  private GuardianSql() {}
}
