package porteria.tag;

/** The statements about cards. All but {@link #FINDER} run within one school. */
final class TagSql {

  /** First of all in whatever changes cards: what follows sees the others' changes. */
  static final String LOCK_CARDS =
      "SELECT pg_advisory_xact_lock(hashtextextended('cards of ' || $1::uuid, 0))";

  static final String PUPIL =
      """
      SELECT coalesce(inactive_since <= $3, false) AS inactive
      FROM student WHERE school_id = $1 AND id = $2
      """;

  /** Of one pupil only the provision made last can be confirmed. */
  static final String WITHDRAW =
      """
      UPDATE tag_provision SET closed_at = $3
      WHERE school_id = $1 AND student_id = $2 AND closed_at IS NULL
      """;

  static final String PROVISION =
      """
      INSERT INTO tag_provision (school_id, student_id, token_hash, preview, checksum, created_at,
        created_by, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      RETURNING id
      """;

  static final String PROVISIONED =
      """
      SELECT id, checksum, closed_at IS NOT NULL AS closed, expires_at <= $4 AS expired
      FROM tag_provision
      WHERE school_id = $1 AND student_id = $2 AND preview = $3
      ORDER BY created_at DESC
      LIMIT 1
      """;

  /** Closes the provision, revokes what it replaces, and puts the sticker to use. */
  static final String CONFIRM =
      """
      WITH closed AS (
        UPDATE tag_provision SET closed_at = $3
        WHERE school_id = $1 AND id = $2
        RETURNING student_id, token_hash, preview
      ),
      replaced AS (
        UPDATE tag SET revoked_at = $3
        WHERE school_id = $1 AND kind = 'NFC' AND revoked_at IS NULL
          AND student_id = (SELECT student_id FROM closed)
        RETURNING id
      )
      INSERT INTO tag (school_id, student_id, kind, token_hash, preview, uid, created_at)
      SELECT $1, student_id, 'NFC', token_hash, preview, $4, $3 FROM closed
      RETURNING id, student_id, kind, preview, uid, created_at, revoked_at,
        ARRAY (SELECT id FROM replaced) AS replaced
      """;

  /** The first time stays. */
  static final String REVOKE =
      """
      UPDATE tag SET revoked_at = $3
      WHERE school_id = $1 AND id = $2 AND revoked_at IS NULL
      RETURNING student_id, kind, preview, revoked_at
      """;

  static final String REVOKED =
      "SELECT revoked_at FROM tag WHERE school_id = $1 AND id = $2 AND revoked_at IS NOT NULL";

  /** Those in use first, the newest first. */
  static final String OF_PUPIL =
      """
      SELECT id, student_id, kind, preview, uid, created_at, revoked_at
      FROM tag
      WHERE school_id = $1 AND student_id = $2
      ORDER BY revoked_at IS NOT NULL, created_at DESC, id DESC
      LIMIT 200
      """;

  /** One row a pupil, and one without a pupil for a course that has none. */
  static final String CARD_OF_PUPIL =
      """
      SELECT school.name AS school, course.name AS course, s.id, s.full_name,
        coalesce(s.inactive_since <= $3, false) AS inactive,
        EXISTS (SELECT FROM tag
          WHERE tag.school_id = s.school_id AND tag.student_id = s.id AND tag.kind = 'QR'
            AND tag.revoked_at IS NULL) AS has_card
      FROM student s
      JOIN course ON course.school_id = s.school_id AND course.id = s.course_id
      JOIN school ON school.id = s.school_id
      WHERE s.school_id = $1 AND s.id = $2
      """;

  /** Of the active pupils; one row without a pupil for a course that has none. */
  static final String CARDS_OF_COURSE =
      """
      SELECT school.name AS school, course.name AS course, s.id, s.full_name, false AS inactive,
        EXISTS (SELECT FROM tag
          WHERE tag.school_id = s.school_id AND tag.student_id = s.id AND tag.kind = 'QR'
            AND tag.revoked_at IS NULL) AS has_card
      FROM course
      JOIN school ON school.id = course.school_id
      LEFT JOIN student s ON s.school_id = course.school_id AND s.course_id = course.id
        AND (s.inactive_since IS NULL OR s.inactive_since > $3)
      WHERE course.school_id = $1 AND course.id = $2
      ORDER BY s.full_name, s.id
      """;

  /** How many of the pupils have a printed card in use. */
  static final String CARDS_OUT =
      """
      SELECT count(*) AS cards FROM tag
      WHERE school_id = $1 AND student_id = ANY ($2) AND kind = 'QR' AND revoked_at IS NULL
      """;

  /** Revokes the printed cards of the pupils and puts new ones to use. */
  static final String ISSUE_CARDS =
      """
      WITH replaced AS (
        UPDATE tag SET revoked_at = $5
        WHERE school_id = $1 AND student_id = ANY ($2) AND kind = 'QR' AND revoked_at IS NULL
        RETURNING id
      ),
      issued AS (
        INSERT INTO tag (school_id, student_id, kind, token_hash, preview, created_at)
        SELECT $1, card.student_id, 'QR', card.token_hash, card.preview, $5
        FROM unnest($2::uuid[], $3::bytea[], $4::text[]) AS card (student_id, token_hash, preview)
        RETURNING id
      )
      SELECT ARRAY (SELECT id FROM issued) AS issued, ARRAY (SELECT id FROM replaced) AS replaced
      """;

  /** Asked as the worker: before a card is known its school is not. Revoked cards are found too. */
  static final String FINDER =
      """
      SELECT school.name, school.phone
      FROM tag
      JOIN school ON school.id = tag.school_id
      WHERE tag.token_hash = ANY ($1)
      LIMIT 1
      """;

  /** Whether a pupil is one of a guardian's own. */
  static final String CHILD =
      """
      SELECT student_id FROM student_guardian
      WHERE school_id = $1 AND student_id = $2 AND guardian_id = $3
      """;

  /** Of each course how many of its active pupils (at $2) have which cards. */
  static final String COURSES =
      """
      SELECT c.id, c.name, count(s.id) AS pupils,
        count(s.id) FILTER (WHERE held.printed) AS printed,
        count(s.id) FILTER (WHERE held.sticker) AS stickers
      FROM course c
      LEFT JOIN student s ON s.school_id = c.school_id AND s.course_id = c.id
        AND s.erased_at IS NULL AND (s.inactive_since IS NULL OR s.inactive_since > $2)
      LEFT JOIN LATERAL (
        SELECT bool_or(t.kind = 'QR') AS printed, bool_or(t.kind = 'NFC') AS sticker
        FROM tag t
        WHERE t.school_id = s.school_id AND t.student_id = s.id AND t.revoked_at IS NULL
      ) held ON true
      WHERE c.school_id = $1
      GROUP BY c.id, c.name
      ORDER BY c.name, c.id
      LIMIT 500
      """;

  /** The active pupils (at $3) of course $2 and their cards. */
  static final String HOLDERS =
      """
      SELECT s.id, s.full_name, coalesce(held.printed, false) AS printed,
        coalesce(held.sticker, false) AS sticker,
        EXISTS (SELECT FROM tag_provision p
          WHERE p.school_id = s.school_id AND p.student_id = s.id AND p.closed_at IS NULL
            AND p.expires_at > $3) AS waiting
      FROM student s
      LEFT JOIN LATERAL (
        SELECT bool_or(t.kind = 'QR') AS printed, bool_or(t.kind = 'NFC') AS sticker
        FROM tag t
        WHERE t.school_id = s.school_id AND t.student_id = s.id AND t.revoked_at IS NULL
      ) held ON true
      WHERE s.school_id = $1 AND s.course_id = $2
        AND s.erased_at IS NULL AND (s.inactive_since IS NULL OR s.inactive_since > $3)
      ORDER BY s.full_name, s.id
      LIMIT 500
      """;

  private TagSql() {}
}
