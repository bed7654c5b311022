package porteria.broadcast;

import porteria.outbox.Broadcasts;

/** The statements of the rounds; as the worker role. */
final class ExpansionSql {

  /**
   * For the transactions that these are in: by index, whatever the statistics say of tables that
   * were empty a minute ago; and planned anew each time, for rounds have run, and their plans been
   * kept with their connections, while there was no broadcast at all.
   */
  static final String PLAN_BY_INDEX =
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true),
        set_config('plan_cache_mode', 'force_custom_plan', true)
      """;

  /**
   * Queues at $1 up to $2 recipients of broadcasts that are being sent, in lane $3, and says how
   * many it took. A broadcast that is being stopped at this moment is left alone; whoever stops one
   * waits for its chunks. A correction waits until it is known whether its mistake was told, and
   * goes where it was.
   */
  static final String EXPAND =
      """
      WITH open AS MATERIALIZED (
        SELECT b.school_id, b.id, b.type, b.corrects, b.news_until, b.started_at
        FROM broadcast b
        WHERE b.status = 'SENDING' AND EXISTS (
          SELECT FROM broadcast_recipient r
          WHERE r.school_id = b.school_id AND r.broadcast_id = b.id AND r.status = 'FROZEN')
        ORDER BY b.started_at
        LIMIT 50
        FOR SHARE OF b SKIP LOCKED
      ), taken AS MATERIALIZED (
        SELECT r.school_id, r.broadcast_id, r.guardian_id, r.channel, r.address, r.language,
          r.students, o.type, o.corrects, o.news_until, o.corrects IS NULL OR EXISTS (
            SELECT FROM notification n
            WHERE {MISTAKE} AND {TOLD}) AS owed
        FROM open o
        JOIN broadcast_recipient r ON r.school_id = o.school_id AND r.broadcast_id = o.id
        WHERE r.status = 'FROZEN' AND NOT EXISTS (
          SELECT FROM notification n
          WHERE o.corrects IS NOT NULL AND {MISTAKE} AND n.status = 'SENDING')
        ORDER BY o.started_at, r.school_id, r.broadcast_id, r.guardian_id
        LIMIT $2
        FOR UPDATE OF r SKIP LOCKED
      ), moved AS (
        UPDATE broadcast_recipient r
        SET status = CASE WHEN t.owed THEN 'QUEUED' ELSE 'CANCELLED' END
        FROM taken t
        WHERE r.school_id = t.school_id AND r.broadcast_id = t.broadcast_id
          AND r.guardian_id = t.guardian_id AND r.channel = t.channel
      ), queued AS (
        INSERT INTO notification (school_id, cause_id, cause, guardian_id, type, channel, address,
          template, language, payload, lane, status, due_at, created_at, expires_at)
        SELECT t.school_id, t.broadcast_id,
          CASE WHEN t.corrects IS NULL THEN 'BROADCAST' ELSE 'BROADCAST_CORRECTION' END,
          t.guardian_id, 'CAMBIO_HORARIO', t.channel, t.address, lower(t.type), t.language,
          jsonb_build_object('students', to_jsonb(t.students), 'school', s.name), $3::smallint,
          'QUEUED', $1::timestamptz, $1::timestamptz, t.news_until
        FROM taken t
        JOIN school s ON s.id = t.school_id
        WHERE t.owed
        ON CONFLICT DO NOTHING
      )
      SELECT count(*)::int AS taken FROM taken
      """
          .replace(
              "{MISTAKE}",
              "n.cause_id = o.corrects AND n.cause = 'BROADCAST' AND n.guardian_id = r.guardian_id"
                  + " AND n.channel = r.channel AND n.school_id = r.school_id"
                  + " AND lower(n.address) = lower(r.address)")
          .replace("{TOLD}", Broadcasts.TOLD);

  /** What was sent with nothing under way any more has ended. */
  static final String FINISH =
      """
      WITH finished AS MATERIALIZED (
        SELECT b.school_id, b.id
        FROM broadcast b
        WHERE b.status = 'SENDING'
          AND NOT EXISTS (
            SELECT FROM broadcast_recipient r
            WHERE r.school_id = b.school_id AND r.broadcast_id = b.id AND r.status = 'FROZEN')
          AND NOT EXISTS (
            SELECT FROM notification n
            WHERE n.cause_id = b.id AND n.school_id = b.school_id
              AND n.status IN ('QUEUED', 'SENDING', 'UNKNOWN', 'PARKED'))
        FOR UPDATE OF b SKIP LOCKED
      )
      UPDATE broadcast b SET status = 'SENT', ended_at = $1
      FROM finished f
      WHERE b.school_id = f.school_id AND b.id = f.id AND b.status = 'SENDING'
      RETURNING b.school_id, b.id
      """;

  /** Ends up to 100 previews that expired before $1 and forgets whom they would have reached. */
  static final String FORGET =
      """
      WITH over AS MATERIALIZED (
        SELECT school_id, id
        FROM broadcast
        WHERE status = 'PREVIEW' AND expires_at < $1
        ORDER BY expires_at
        LIMIT 100
        FOR UPDATE SKIP LOCKED
      ), ended AS (
        UPDATE broadcast b SET status = 'CANCELLED', ended_at = b.expires_at
        FROM over o
        WHERE b.school_id = o.school_id AND b.id = o.id
      )
      DELETE FROM broadcast_recipient r
      USING over o
      WHERE r.school_id = o.school_id AND r.broadcast_id = o.id
      """;

  /** What dashboards of these schools may want to see move. */
  static final String MOVING =
      """
      SELECT school_id, id FROM broadcast
      WHERE status = 'SENDING' AND school_id = ANY ($1)
      ORDER BY started_at
      LIMIT 20
      """;

  private ExpansionSql() {}
}
