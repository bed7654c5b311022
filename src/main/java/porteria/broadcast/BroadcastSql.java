package porteria.broadcast;

import porteria.outbox.Broadcasts;

/** The statements about one broadcast ($2) of a school ($1); as the web role. */
final class BroadcastSql {

  /**
   * For the transactions that count: each recipient and each message is read once, and both by
   * index, whatever the statistics say of tables that were empty a minute ago.
   */
  static final String PLAN_FOR_ALL =
      """
      SELECT set_config('enable_nestloop', 'off', true), set_config('enable_seqscan', 'off', true)
      """;

  private static final String COLUMNS =
      """
      SELECT b.id, b.type, b.status, b.course_id, c.name AS course, b.exception_id, b.corrects,
        b.facts, b.recipients, b.created_at, b.expires_at, b.started_at, b.ended_at
      FROM broadcast b
      LEFT JOIN course c ON c.school_id = b.school_id AND c.id = b.course_id
      WHERE b.school_id = $1
      """;

  static final String ONE = COLUMNS + "AND b.id = $2";

  static final String LOCKED = ONE + "\nFOR UPDATE OF b";

  static final String PAGE =
      COLUMNS + "AND ($2::uuid IS NULL OR b.id < $2)\nORDER BY b.id DESC\nLIMIT $3";

  /**
   * Waits for whoever withdraws the exception ($2) at this moment, and makes who comes later wait:
   * they stop what was begun before.
   */
  static final String HOLD_EXCEPTION =
      "SELECT FROM schedule_exception WHERE school_id = $1 AND id = $2 FOR KEY SHARE";

  /** Whether the exception ($3) to the hours that it tells stands, and another tells it. */
  static final String EXCEPTION =
      """
      SELECT
        EXISTS (SELECT FROM schedule_exception WHERE school_id = $1 AND id = $3) AS stands,
        EXISTS (
          SELECT FROM broadcast
          WHERE school_id = $1 AND id <> $2 AND exception_id = $3 AND corrects IS NULL
            AND status IN ('SENDING', 'SENT')) AS told
      """;

  static final String PHONES =
      """
      SELECT address FROM broadcast_recipient
      WHERE school_id = $1 AND broadcast_id = $2 AND channel = 'WHATSAPP'
      """;

  static final String START =
      """
      UPDATE broadcast SET status = 'SENDING', started_by = $3, started_at = $4
      WHERE school_id = $1 AND id = $2
      """;

  /**
   * Whether all of it was sent once, some of it is sent again, or was to be until it was stopped.
   */
  static final String AGAIN =
      """
      SELECT b.status = 'SENT' OR (b.status = 'SENDING' AND b.first_ended_at IS NOT NULL) AS sent,
        EXISTS (
          SELECT FROM notification n
          WHERE n.cause_id = $2 AND n.school_id = $1 AND {IS_ONE}
            AND n.status IN ('QUEUED', 'SENDING', 'UNKNOWN', 'PARKED')) AS moves,
        EXISTS (
          SELECT FROM notification n
          WHERE n.cause_id = $2 AND n.school_id = $1 AND {IS_ONE} AND n.recalled) AS stopped
      FROM broadcast b
      WHERE b.school_id = $1 AND b.id = $2
      """
          .replace("{IS_ONE}", Broadcasts.isOne("n"));

  static final String REOPEN =
      """
      UPDATE broadcast SET status = 'SENDING', ended_at = NULL,
        first_ended_at = coalesce(first_ended_at, ended_at)
      WHERE school_id = $1 AND id = $2 AND status = 'SENT'
      """;

  /** The first message of each recipient; what a recipient has no message for is WAITING. */
  private static final String FIRST =
      """
      FROM broadcast_recipient r
      LEFT JOIN notification n ON n.cause_id = r.broadcast_id
        AND n.cause IN ('BROADCAST', 'BROADCAST_CORRECTION') AND n.guardian_id = r.guardian_id
        AND n.channel = r.channel AND n.school_id = r.school_id
      WHERE r.school_id = $1 AND r.broadcast_id = $2
      """;

  private static final String STATUS =
      "coalesce(n.status, CASE r.status WHEN 'FROZEN' THEN 'WAITING' ELSE r.status END) AS status";

  static final String COUNTS =
      "SELECT "
          + STATUS
          + ", n.failure_class, count(*)::int AS count,"
          + " count(*) FILTER (WHERE n.sent_at > $3)::int AS lately\n"
          + FIRST
          + "GROUP BY 1, 2";

  /** Mails that stand in for a WhatsApp message. */
  private static final String INSTEAD =
      """
      FROM notification n
      WHERE n.cause_id = $2 AND n.school_id = $1 AND {IS_ONE}
        AND NOT EXISTS (
          SELECT FROM broadcast_recipient r
          WHERE r.school_id = n.school_id AND r.broadcast_id = n.cause_id
            AND r.guardian_id = n.guardian_id AND r.channel = n.channel)
      """
          .replace("{IS_ONE}", Broadcasts.isOne("n"));

  static final String COUNT_INSTEAD = "SELECT count(*)::int AS instead\n" + INSTEAD;

  private static final String NAMES =
      """
      coalesce((SELECT string_agg(p.full_name, ', ' ORDER BY p.full_name) FROM student p
        WHERE p.school_id = $1 AND p.id = ANY ({IDS})), '') AS students
      """;

  static final String COUNT_LINES =
      "SELECT (SELECT count(*) FROM broadcast_recipient WHERE school_id = $1 AND broadcast_id = $2)"
          + "::int + (SELECT count(*)\n"
          + INSTEAD
          + ")::int AS lines";

  /** For the transactions of a page: by index from where it begins. */
  static final String PLAN_FOR_PAGE =
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true)
      """;

  /**
   * A page of up to $5 lines after the guardian $3 and whether it was their mail ($4). A guardian
   * has one line a channel, WhatsApp's first.
   */
  static final String REPORT =
      """
      WITH line AS MATERIALIZED (
        (SELECT r.guardian_id, r.channel, r.address, r.language, r.students, false AS instead,
          r.status, NULL AS failure_class, NULL AS error, NULL::timestamptz AS sent_at,
          NULL::timestamptz AS delivered_at
        FROM broadcast_recipient r
        WHERE r.school_id = $1 AND r.broadcast_id = $2 AND r.guardian_id >= $3
          AND (r.guardian_id, r.channel = 'EMAIL') > ($3, $4)
        ORDER BY r.guardian_id, r.channel = 'EMAIL'
        LIMIT $5)
        UNION ALL
        (SELECT n.guardian_id, n.channel, n.address, n.language,
          ARRAY(SELECT jsonb_array_elements_text(n.payload -> 'students'))::uuid[], true,
          n.status, n.failure_class, n.error, n.sent_at, n.delivered_at
        {INSTEAD}  AND n.guardian_id >= $3 AND (n.guardian_id, n.channel = 'EMAIL') > ($3, $4)
        ORDER BY n.guardian_id, n.channel = 'EMAIL'
        LIMIT $5)
        ORDER BY guardian_id, channel DESC
        LIMIT $5
      )
      SELECT r.guardian_id, r.channel, r.address, r.language, r.instead, {NAMES}, {STATUS},
        coalesce(n.failure_class, r.failure_class) AS failure_class,
        coalesce(n.error, r.error) AS error, coalesce(n.sent_at, r.sent_at) AS sent_at,
        coalesce(n.delivered_at, r.delivered_at) AS delivered_at
      FROM line r
      LEFT JOIN notification n ON NOT r.instead AND n.cause_id = $2
        AND n.cause IN ('BROADCAST', 'BROADCAST_CORRECTION') AND n.guardian_id = r.guardian_id
        AND n.channel = r.channel AND n.school_id = $1
      ORDER BY r.guardian_id, r.channel DESC
      """
          .replace("{INSTEAD}", INSTEAD)
          .replace("{NAMES}", NAMES.replace("{IDS}", "r.students"))
          .replace("{STATUS}", STATUS);

  private BroadcastSql() {}
}
