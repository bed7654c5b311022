package porteria.photo;

/** The statements on photos. All but those of retention run within one school. */
final class PhotoSql {

  /**
   * The kiosk's own event, whether a photo of it may be kept, whether there is one, and how many
   * uploads were begun.
   */
  static final String EVENT =
      """
      SELECT s.photos_allowed, %s AS consented,
        count(p.id) FILTER (WHERE p.completed_at IS NULL) AS begun,
        count(p.id) FILTER (WHERE p.completed_at IS NOT NULL) > 0 AS complete
      FROM attendance_event e
      JOIN school s ON s.id = e.school_id
      LEFT JOIN photo p ON p.school_id = e.school_id AND p.event_id = e.id
      WHERE e.school_id = $1 AND e.id = $2 AND e.device_id = $3
      GROUP BY s.photos_allowed, e.school_id, e.student_id
      """
          .formatted(consented("$4"));

  static final String BEGIN =
      """
      INSERT INTO photo (school_id, event_id, object_key, content_type, content_length,
        requested_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  /** The photo, else the upload begun last. */
  static final String LATEST =
      """
      SELECT p.id, p.object_key, p.content_type, p.content_length, p.completed_at
      FROM photo p
      JOIN attendance_event e ON e.school_id = p.school_id AND e.id = p.event_id
      WHERE p.school_id = $1 AND p.event_id = $2 AND e.device_id = $3
      ORDER BY p.completed_at IS NULL, p.requested_at DESC, p.id DESC
      LIMIT 1
      """;

  /** Of several at once the first counts; the others find it done. */
  static final String COMPLETE =
      """
      UPDATE photo SET completed_at = $3
      WHERE school_id = $1 AND id = $2 AND completed_at IS NULL
      """;

  /** While it may be kept: what may not is still there until retention has come by. */
  static final String TO_SHOW =
      """
      SELECT p.id, p.object_key
      FROM photo p
      JOIN attendance_event e ON e.school_id = p.school_id AND e.id = p.event_id
      JOIN student st ON st.school_id = e.school_id AND st.id = e.student_id
      JOIN school s ON s.id = p.school_id
      WHERE p.school_id = $1 AND p.event_id = $2 AND p.completed_at IS NOT NULL
        AND st.erased_at IS NULL AND s.photos_allowed AND %s
      """
          .formatted(consented("$3"));

  /** Of these events those with a photo that may be shown. */
  static final String SHOWABLE =
      """
      SELECT p.event_id
      FROM photo p
      JOIN attendance_event e ON e.school_id = p.school_id AND e.id = p.event_id
      JOIN student st ON st.school_id = e.school_id AND st.id = e.student_id
      JOIN school s ON s.id = p.school_id
      WHERE p.school_id = $1 AND p.event_id = ANY ($2) AND p.completed_at IS NOT NULL
        AND st.erased_at IS NULL AND s.photos_allowed AND %s
      """
          .formatted(consented("$3"));

  static final String POLICY =
      """
      UPDATE school SET photos_allowed = $2
      WHERE id = $1 AND photos_allowed IS DISTINCT FROM $2
      RETURNING id
      """;

  /**
   * Asked as the worker, of all schools: the next $7 photos after the one of school $5 and id $6,
   * with what of them is {@code due}: what is too old by the operator's days or the school's, what
   * never arrived, and what may not be kept any more, for the pupil was erased, no consent stands,
   * or the school forbids photos. {@code over} says whether no URL to upload it is good any more:
   * until then its object may come back. A page at a time, so that no statement grows with the
   * photos there are.
   */
  static final String PAGE =
      """
      WITH page AS MATERIALIZED (
        SELECT p.school_id, p.id, p.event_id, p.object_key, p.requested_at, p.completed_at
        FROM photo p
        WHERE (p.school_id, p.id) > ($5, $6)
        ORDER BY p.school_id, p.id
        LIMIT $7
      )
      SELECT p.school_id, p.id, p.object_key, p.requested_at < $4 AS over,
        coalesce(
            p.completed_at
              < greatest($1, $3::timestamptz - make_interval(hours => 24 * s.retention_days)),
            p.requested_at < $2)
          OR st.erased_at IS NOT NULL OR NOT s.photos_allowed OR NOT %s AS due
      FROM page p
      JOIN attendance_event e ON e.school_id = p.school_id AND e.id = p.event_id
      JOIN student st ON st.school_id = e.school_id AND st.id = e.student_id
      JOIN school s ON s.id = p.school_id
      ORDER BY p.school_id, p.id
      """
          .formatted(consented("$3"));

  static final String FORGET = "DELETE FROM photo WHERE id = ANY ($1)";

  private PhotoSql() {}

  /**
   * Whether the consent to photos of the event's pupil stands at a time: of somebody who answers
   * for the pupil now.
   */
  private static String consented(String time) {
    return """
    EXISTS (
          SELECT FROM consent c
          JOIN student_guardian sg ON sg.school_id = c.school_id
            AND sg.student_id = c.student_id AND sg.guardian_id = c.guardian_id
          JOIN guardian g ON g.school_id = c.school_id AND g.id = c.guardian_id
            AND g.inactive_since IS NULL
          WHERE c.school_id = e.school_id AND c.student_id = e.student_id
            AND 'PHOTO' = ANY (c.scopes)
            AND c.signed_at <= %1$s AND (c.expires_at IS NULL OR c.expires_at > %1$s))"""
        .formatted(time);
  }
}
