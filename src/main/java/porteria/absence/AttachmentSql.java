package porteria.absence;

/** The statements of attachments. All but those of retention run within one school ($1). */
final class AttachmentSql {

  /**
   * The request of guardian $3 ($2), whether it is pending, whether there is a document, and how
   * many uploads were begun.
   */
  static final String REQUEST =
      """
      SELECT r.status = 'PENDING' AS pending, count(a.id) AS begun,
        count(a.id) FILTER (WHERE a.completed_at IS NOT NULL) > 0 AS complete
      FROM absence_request r
      LEFT JOIN absence_attachment a ON a.school_id = r.school_id AND a.absence_id = r.id
      WHERE r.school_id = $1 AND r.id = $2 AND %s
      GROUP BY r.status
      """
          .formatted(AbsenceSql.OWN);

  static final String BEGIN =
      """
      INSERT INTO absence_attachment (school_id, absence_id, object_key, content_type,
        content_length, requested_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  /** The document, else the upload begun last. */
  static final String LATEST =
      """
      SELECT a.id, a.object_key, a.content_type, a.content_length, a.completed_at
      FROM absence_attachment a
      JOIN absence_request r ON r.school_id = a.school_id AND r.id = a.absence_id
      WHERE a.school_id = $1 AND a.absence_id = $2 AND %s
      ORDER BY a.completed_at IS NULL, a.requested_at DESC, a.id DESC
      LIMIT 1
      """
          .formatted(AbsenceSql.OWN);

  /** Of several at once the first counts; the others find it done. */
  static final String COMPLETE =
      """
      WITH complete AS (
        UPDATE absence_attachment SET completed_at = $3
        WHERE school_id = $1 AND id = $2 AND completed_at IS NULL
        RETURNING school_id, absence_id, object_key
      )
      UPDATE absence_request r SET attachment_ref = complete.object_key
      FROM complete
      WHERE r.school_id = complete.school_id AND r.id = complete.absence_id
      """;

  /** While it may be kept: what may not is still there until retention has come by. */
  static final String TO_SHOW =
      """
      SELECT a.object_key
      FROM absence_attachment a
      JOIN absence_request r ON r.school_id = a.school_id AND r.id = a.absence_id
        AND r.attachment_ref = a.object_key
      JOIN student p ON p.school_id = r.school_id AND p.id = r.student_id
      WHERE a.school_id = $1 AND a.absence_id = $2 AND a.completed_at IS NOT NULL
        AND p.erased_at IS NULL AND r.status <> 'WITHDRAWN'
      """;

  /**
   * Asked as the worker, of all schools: the next $6 documents and uploads after the one of school
   * $4 and id $5, with what of them is {@code due}: what is too old at $7 by the operator's days or
   * the school's, counted from its coming or from the last day of absence; what never arrived; and
   * what has no purpose any more, for the request was withdrawn or the pupil erased. {@code over}
   * says whether no URL to upload it is good any more: until then its object may come back.
   */
  static final String PAGE =
      """
      WITH page AS MATERIALIZED (
        SELECT a.school_id, a.id, a.absence_id, a.object_key, a.requested_at, a.completed_at
        FROM absence_attachment a
        WHERE (a.school_id, a.id) > ($4, $5)
        ORDER BY a.school_id, a.id
        LIMIT $6
      )
      SELECT a.school_id, a.id, a.object_key, a.requested_at < $3 AS over,
        CASE WHEN a.completed_at IS NULL THEN a.requested_at < $2
          ELSE greatest(a.completed_at, r.to_date::timestamp AT TIME ZONE s.timezone)
            < greatest($1, $7::timestamptz - make_interval(hours => 24 * s.retention_days)) END
          OR p.erased_at IS NOT NULL OR r.status = 'WITHDRAWN' AS due
      FROM page a
      JOIN absence_request r ON r.school_id = a.school_id AND r.id = a.absence_id
      JOIN student p ON p.school_id = r.school_id AND p.id = r.student_id
      JOIN school s ON s.id = a.school_id
      ORDER BY a.school_id, a.id
      """;

  static final String FORGET =
      """
      WITH gone AS (
        DELETE FROM absence_attachment WHERE id = ANY ($1)
        RETURNING school_id, absence_id, object_key
      )
      UPDATE absence_request r SET attachment_ref = NULL
      FROM gone
      WHERE r.school_id = gone.school_id AND r.id = gone.absence_id
        AND r.attachment_ref = gone.object_key
      """;

  private AttachmentSql() {}
}
