package porteria.notification;

import porteria.outbox.Announcements;
import porteria.outbox.Readers;
import porteria.outbox.Suppressions;

/** The statements of sending again; as the web role, in a transaction that names the school. */
final class RetrySql {

  /**
   * For the transaction that judges many: each by index, whatever the statistics say of tables that
   * were empty a minute ago.
   */
  static final String PLAN_BY_INDEX =
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true)
      """;

  /**
   * Why a message may not be sent again: null when it may. {@code now} is $2, what entries and
   * exits must not be older than $3.
   */
  static final String OBSTACLE =
      """
      CASE
        WHEN n.status <> 'FAILED' THEN 'NOT_FAILED'
        WHEN n.recalled THEN 'RECALLED'
        WHEN n.expires_at <= $2::timestamptz
          OR (n.cause = 'MAGIC_LINK' AND n.created_at <= $2::timestamptz - interval '10 minutes')
          OR (n.cause IN ('ENTRY', 'EXIT') AND NOT EXISTS (
            SELECT FROM attendance_event e
            WHERE e.school_id = n.school_id AND e.id = n.cause_id AND e.annulled_at IS NULL
              AND e.occurred_at >= $3::timestamptz))
          OR (n.cause IN ('NO_SHOW', 'NO_SHOW_GATE_OFFLINE') AND NOT EXISTS (
            SELECT FROM no_show missing
            WHERE missing.school_id = n.school_id AND missing.id = n.cause_id
              AND missing.status = 'RAISED'))
          OR (n.cause IN ('NO_SHOW', 'NO_SHOW_GATE_OFFLINE') AND EXISTS (
            SELECT FROM no_show missing
            JOIN school s ON s.id = missing.school_id
            JOIN attendance_event e ON {SEEN_THAT_DAY}
            WHERE missing.school_id = n.school_id AND missing.id = n.cause_id))
          OR (n.cause IN ('NO_SHOW', 'NO_SHOW_GATE_OFFLINE') AND EXISTS (
            SELECT FROM no_show missing
            JOIN absence_request a ON a.school_id = missing.school_id
              AND a.student_id = missing.student_id AND a.status = 'APPROVED'
              AND missing.day BETWEEN a.from_date AND a.to_date
            WHERE missing.school_id = n.school_id AND missing.id = n.cause_id))
          THEN 'NO_NEWS'
        WHEN NOT EXISTS (SELECT {READERS}) THEN 'NOT_THEIRS'
        WHEN NOT ({WANTED}) THEN 'NOT_WANTED'
        WHEN n.channel = 'WHATSAPP' AND EXISTS (
            SELECT FROM notification mail
            WHERE mail.school_id = n.school_id AND mail.cause_id = n.cause_id
              AND mail.cause = n.cause AND mail.guardian_id = n.guardian_id
              AND mail.channel = 'EMAIL' AND mail.status NOT IN ('FAILED', 'CANCELLED'))
          THEN 'TOLD_BY_MAIL'
      END
      """
          .replace("{READERS}", Readers.of("n"))
          .replace("{WANTED}", Suppressions.wanted("n"))
          .replace("{SEEN_THAT_DAY}", Announcements.SEEN_THAT_DAY);

  private static final String QUEUE =
      """
      , queued AS (
        UPDATE notification n
        SET status = 'QUEUED', due_at = $2::timestamptz, failure_class = NULL, error = NULL
        WHERE n.school_id = $1 AND n.id = ANY (ARRAY(SELECT id FROM fit))
        RETURNING n.id
      )
      """;

  static final String ONE =
      """
      WITH judged AS MATERIALIZED (
        SELECT n.id, {OBSTACLE} AS obstacle
        FROM notification n
        WHERE n.school_id = $1 AND n.id = $4
        FOR UPDATE OF n
      ), fit AS (
        SELECT id FROM judged WHERE obstacle IS NULL
      )
      """
              .replace("{OBSTACLE}", OBSTACLE)
          + QUEUE
          + "SELECT obstacle FROM judged";

  /**
   * What may have been told already is left to people to look at one by one. All are judged before
   * $7 of them are taken, so that those that may not be sent never stand before those that may.
   */
  static final String ALL =
      """
      WITH judged AS MATERIALIZED (
        SELECT n.id, {OBSTACLE} AS obstacle
        FROM notification n
        WHERE n.school_id = $1 AND n.status = 'FAILED' AND NOT n.in_doubt AND n.created_at >= $4
          AND ($8::uuid IS NULL OR n.cause_id = $8)
          AND ($5::text IS NULL OR n.failure_class = $5) AND ($6::text IS NULL OR n.channel = $6)
      ), fit AS MATERIALIZED (
        SELECT n.id
        FROM notification n
        WHERE n.school_id = $1 AND n.id = ANY (ARRAY(
            SELECT id FROM judged WHERE obstacle IS NULL ORDER BY id LIMIT $7))
          AND n.status = 'FAILED' AND NOT n.in_doubt AND NOT n.recalled
        ORDER BY n.id
        FOR UPDATE OF n SKIP LOCKED
      )
      """
              .replace("{OBSTACLE}", OBSTACLE)
          + QUEUE
          + "SELECT (SELECT count(*) FROM queued)::int AS queued,"
          + " (SELECT count(obstacle) FROM judged)::int AS kept";

  private RetrySql() {}
}
