package porteria.roster;

/** The statements of what guardians ($2) of a school ($1) choose for themselves. */
final class FamilySql {

  /** With the channels by which the guardian can be reached. */
  static final String GUARDIAN =
      """
      SELECT g.language, g.notification_prefs,
        ARRAY(
          SELECT DISTINCT c.channel FROM guardian_contact c
          WHERE c.school_id = g.school_id AND c.guardian_id = g.id) AS reached_by
      FROM guardian g
      WHERE g.school_id = $1 AND g.id = $2 AND g.erased_at IS NULL
      """;

  /** One change of a guardian's choices after the other. */
  static final String GUARDIAN_TO_CHANGE = GUARDIAN + "FOR NO KEY UPDATE OF g";

  private static final String STANDS =
      """
      c.signed_at <= $3 AND (c.expires_at IS NULL OR c.expires_at > $3)
        AND 'PHOTO' = ANY (c.scopes)
      """;

  /** The guardian's children, and whether this guardian's own consent to photos stands at $3. */
  static final String CHILDREN =
      """
      SELECT sg.student_id, EXISTS (
        SELECT FROM consent c
        WHERE c.school_id = sg.school_id AND c.student_id = sg.student_id
          AND c.guardian_id = sg.guardian_id AND %s) AS photos
      FROM student_guardian sg
      WHERE sg.school_id = $1 AND sg.guardian_id = $2
      """
          .formatted(STANDS);

  static final String CHOOSE =
      """
      UPDATE guardian SET notification_prefs = $3, language = $4 WHERE school_id = $1 AND id = $2
      """;

  /** A new consent for each child of $4. */
  static final String CONSENT =
      """
      INSERT INTO consent (school_id, student_id, guardian_id, scopes, signed_at)
      SELECT $1, child, $2, '{PHOTO}', $3 FROM unnest($4::uuid[]) AS child
      """;

  /** Ends consents about the children of $4; what else was signed with them goes on by itself. */
  static final String WITHDRAW =
      """
      WITH ended AS (
        UPDATE consent c SET expires_at = $3
        WHERE c.school_id = $1 AND c.guardian_id = $2 AND c.student_id = ANY ($4)
          AND %s
        RETURNING c.school_id, c.student_id, c.guardian_id, c.scopes, c.signed_at,
          old.expires_at
      )
      INSERT INTO consent (school_id, student_id, guardian_id, scopes, signed_at, expires_at)
      SELECT school_id, student_id, guardian_id, array_remove(scopes, 'PHOTO'), signed_at,
        expires_at
      FROM ended
      WHERE cardinality(scopes) > 1
      """
          .formatted(STANDS);

  private FamilySql() {}
}
