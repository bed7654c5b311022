package porteria.notification;

/** The statements of what providers report. */
final class ReportSql {

  /** One row an element of the arrays; what was told before is known already. */
  static final String STORE =
      """
      INSERT INTO delivery_report (channel, provider_message_id, status, notification_id, code,
        failure_class, errors, reported_at, received_at, due_at)
      SELECT channel, provider_message_id, status, notification_id, code, failure_class,
        errors::jsonb, reported_at, $9, $9
      FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[],
          $7::text[], $8::timestamptz[])
        AS r (channel, provider_message_id, status, notification_id, code, failure_class, errors,
          reported_at)
      ON CONFLICT DO NOTHING
      """;

  /**
   * For the transaction that {@link #APPLY} is in: by index, whatever the statistics say of tables
   * that were empty a minute ago.
   */
  static final String PLAN_BY_INDEX =
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true)
      """;

  /**
   * Applies up to $2 reports that are due at $1. Other nodes take others meanwhile. Locks messages
   * in the order of their ids, as the sender does, and then strikes in the order of theirs.
   *
   * <p>A message goes forward alone (SENT, DELIVERED, READ), whatever order the reports come in,
   * and from wherever it waits: who was told is not told again. A failure stays, unless it only
   * said that nobody knew; it is one of the message that was sent last, not of one before it. A
   * report of a message that is not found is looked at again at $3, until it was received before
   * $4.
   */
  static final String APPLY =
      """
      WITH taken AS MATERIALIZED (
        SELECT r.channel, r.provider_message_id, r.status, r.code, r.failure_class, r.reported_at,
          coalesce(r.notification_id, (
            SELECT n.id FROM notification n
            WHERE n.channel = 'EMAIL' AND r.channel = 'EMAIL'
              AND n.provider_message_id = r.provider_message_id
            LIMIT 1)) AS notification_id
        FROM delivery_report r
        WHERE r.applied_at IS NULL AND r.due_at <= $1
        ORDER BY r.due_at
        LIMIT $2
        FOR UPDATE OF r SKIP LOCKED
      ), found AS MATERIALIZED (
        SELECT n.school_id, n.id, n.channel, n.address, n.status, n.failure_class,
          n.provider_message_id, n.template || '/' || n.language AS wording
        FROM (SELECT DISTINCT notification_id, channel FROM taken) t
        JOIN notification n ON n.id = t.notification_id AND n.channel = t.channel
        ORDER BY n.school_id, n.id
        FOR UPDATE OF n
      ), said AS (
        SELECT f.school_id, f.id, f.channel, f.address, f.wording, f.status,
          f.failure_class AS class_before,
          coalesce(max(array_position(ARRAY['SENT', 'DELIVERED', 'READ'],
            CASE r.status WHEN 'COMPLAINED' THEN 'DELIVERED' ELSE r.status END)), 0) AS progress,
          coalesce(array_position(ARRAY['SENT', 'DELIVERED', 'READ'], f.status), 0) AS reached,
          min(r.code) FILTER (WHERE r.failure_class IS NOT NULL) AS code,
          min(r.failure_class) FILTER (WHERE r.failure_class IS NOT NULL
            AND coalesce(f.provider_message_id, r.provider_message_id) = r.provider_message_id)
            AS failure_class,
          min(r.reported_at) AS first_at,
          min(r.reported_at) FILTER (WHERE r.status IN ('DELIVERED', 'READ', 'COMPLAINED'))
            AS delivered_at,
          min(r.provider_message_id) AS provider_message_id
        FROM found f
        JOIN taken r ON r.notification_id = f.id AND r.channel = f.channel
        GROUP BY f.school_id, f.id, f.channel, f.address, f.wording, f.status, f.failure_class
      ), judged AS MATERIALIZED (
        SELECT *,
          CASE
            WHEN status = 'CANCELLED' THEN NULL
            WHEN status = 'FAILED' AND class_before IS DISTINCT FROM 'UNKNOWN' THEN NULL
            WHEN failure_class IS NOT NULL THEN 'FAILED'
            WHEN progress > reached
              THEN (ARRAY['SENT', 'DELIVERED', 'READ'])[progress]
          END AS next
        FROM said
      ), applied AS (
        UPDATE notification n
        SET status = j.next, lease_until = NULL,
          provider_message_id = coalesce(n.provider_message_id, j.provider_message_id),
          sent_at = coalesce(n.sent_at, j.first_at),
          delivered_at = coalesce(n.delivered_at, j.delivered_at),
          failure_class = CASE j.next WHEN 'FAILED' THEN j.failure_class END,
          error = CASE j.next WHEN 'FAILED' THEN j.code END
        FROM judged j
        WHERE n.school_id = j.school_id AND n.id = j.id AND j.next IS NOT NULL
        RETURNING n.id, n.recalled
      ), struck AS (
        INSERT INTO contact_strike (school_id, channel, address, notification_id, struck_at)
        SELECT school_id, channel, lower(address), id, $1
        FROM judged
        WHERE next = 'FAILED' AND failure_class = 'RECIPIENT' AND channel = 'WHATSAPP'
          AND address <> ''
        ORDER BY lower(address), channel, school_id, id
        ON CONFLICT DO NOTHING
      ), outlived AS MATERIALIZED (
        SELECT s.address, s.channel, s.school_id, s.notification_id
        FROM (SELECT DISTINCT lower(address) AS address, channel, school_id FROM judged
          WHERE delivered_at IS NOT NULL AND next IS DISTINCT FROM 'FAILED') j
        JOIN contact_strike s ON s.address = j.address AND s.channel = j.channel
          AND s.school_id = j.school_id
        ORDER BY s.address, s.channel, s.school_id, s.notification_id
        FOR UPDATE OF s
      ), forgiven AS (
        DELETE FROM contact_strike s
        USING outlived o
        WHERE s.address = o.address AND s.channel = o.channel AND s.school_id = o.school_id
          AND s.notification_id = o.notification_id
      )
      UPDATE delivery_report r
      SET due_at = $3,
        applied_at = CASE WHEN j.id IS NOT NULL OR r.received_at < $4 THEN $1 END
      FROM taken t
      LEFT JOIN judged j ON j.id = t.notification_id AND j.channel = t.channel
      LEFT JOIN applied a ON a.id = j.id
      WHERE r.provider_message_id = t.provider_message_id AND r.status = t.status
        AND r.channel = t.channel
      RETURNING j.school_id, j.channel, j.address, r.status, r.failure_class,
        coalesce(a.recalled, false) AS recalled, j.next, j.wording, r.code, r.reported_at
      """;

  /** Forgets up to $2 reports that were applied before $1, and what families wrote before it. */
  static final String FORGET =
      """
      WITH wishes AS (
        DELETE FROM contact_wish WHERE provider_message_id IN (
          SELECT provider_message_id FROM contact_wish WHERE received_at < $1
          ORDER BY received_at LIMIT $2)
      )
      DELETE FROM delivery_report r
      USING (
        SELECT provider_message_id, status, channel FROM delivery_report
        WHERE applied_at < $1
        ORDER BY applied_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED
      ) old
      WHERE r.provider_message_id = old.provider_message_id AND r.status = old.status
        AND r.channel = old.channel
      """;

  private ReportSql() {}
}
