package porteria.notification;

import porteria.outbox.Broadcasts;
import porteria.outbox.Readers;
import porteria.outbox.Suppressions;

/**
 * The statements of calling providers. Every time is a parameter: the database's clock decides
 * nothing. They are planned as {@link SendingConnection} says: joined in the order written, by
 * index.
 */
final class SendingSql {

  /** The sender ended under the message, and not so often that the message may be why. */
  private static final String SILENT = "(sender_silent AND attempt < 20)";

  /**
   * Claims up to $2 messages of channel $5 and of lanes up to $6 until $3: what is due at $1, and
   * among it, a quarter at most, what the provider has not explained in time. Claiming records the
   * attempt, so a claimed message is sent at once. What was already in doubt, or is recalled, is
   * not claimed a second time, nor is an entry or exit that has waited since before $4, or that
   * nobody explained and is older than that: see {@link #GIVE_UP}. But what was in doubt when its
   * sender fell silent may never have been offered: it is claimed again. Says of each whether
   * anybody at its address still wants it; a correction is wanted by whoever got its mistake.
   */
  static final String CLAIM =
      """
      WITH doubtful AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'UNKNOWN' AND due_at <= $1 AND channel = $5 AND lane <= $6
          AND (NOT in_doubt OR {SILENT}) AND NOT recalled
          AND (cause NOT IN ('ENTRY', 'EXIT') OR created_at >= $4)
          AND (expires_at IS NULL OR expires_at > $1)
        ORDER BY lane, due_at
        LIMIT greatest(1, $2 / 4)
        FOR UPDATE SKIP LOCKED
      ), due AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'QUEUED' AND channel = $5 AND lane <= $6 AND due_at <= $1
          AND (cause NOT IN ('ENTRY', 'EXIT') OR due_at >= $4)
          AND (expires_at IS NULL OR expires_at > $1)
        ORDER BY lane, due_at
        LIMIT $2 - (SELECT count(*) FROM doubtful)
        FOR UPDATE SKIP LOCKED
      )
      UPDATE notification n
      SET status = 'SENDING', attempt = n.attempt + 1, lease_until = $3,
        in_doubt = n.in_doubt OR n.status = 'UNKNOWN', provider_message_id = NULL, sent_at = NULL
      FROM (SELECT * FROM doubtful UNION ALL SELECT * FROM due) claimed
      WHERE n.school_id = claimed.school_id AND n.id = claimed.id
      RETURNING n.school_id, n.id, n.attempt, n.channel, n.address, n.template, n.language,
        CASE WHEN {BROADCAST} THEN {BROADCAST_PAYLOAD} ELSE n.payload END AS payload,
        n.created_at, n.cause_id, n.lane,
        least(n.expires_at, CASE WHEN n.cause IN ('ENTRY', 'EXIT') THEN n.created_at + ($1 - $4)
          ELSE greatest(n.created_at + interval '1 day', $1 + interval '1 hour') END) AS give_up_at,
        (n.cause = 'MAGIC_LINK' OR {WANTED}) AND CASE WHEN {BROADCAST} THEN {BROADCAST_WANTED}
          ELSE (n.type IS NULL
          OR n.cause IN ('ENTRY_ANNULLED', 'EXIT_ANNULLED', 'ARRIVED')
          OR EXISTS (SELECT {READERS} AND g.notification_prefs -> n.type ? n.channel)) END AS wanted
      """
          .replace("{BROADCAST}", Broadcasts.isOne("n"))
          .replace("{BROADCAST_PAYLOAD}", Broadcasts.PAYLOAD)
          .replace("{BROADCAST_WANTED}", Broadcasts.WANTED)
          .replace("{READERS}", Readers.of("n"))
          .replace("{WANTED}", Suppressions.wanted("n"))
          .replace("{SILENT}", SILENT);

  /** An outcome would be parked although nothing that stops it is paused any more. */
  private static final String RESUMED =
      """
      (o.status = 'PARKED' AND o.failure_class <> 'USER_CAP' AND NOT EXISTS (
        SELECT FROM sending_pause p
        WHERE p.channel = n.channel
          AND (p.scope <> 'TEMPLATE' OR p.subject = n.template || '/' || n.language)))\
      """;

  /**
   * Records outcomes, one an element of the arrays. A message that was claimed again, or of which
   * the provider reported, meanwhile keeps what that says. What would wait for another attempt but
   * is recalled is cancelled. What would be parked although nothing is paused any more is queued.
   * Rows are taken in the order of their keys, as everywhere.
   */
  static final String RECORD =
      """
      UPDATE notification n
      SET status = CASE
          WHEN o.status IN ('QUEUED', 'PARKED') AND n.recalled THEN 'CANCELLED'
          WHEN {RESUMED} THEN 'QUEUED'
          ELSE o.status END,
        due_at = COALESCE(
          CASE WHEN o.status <> 'PARKED' OR {RESUMED} THEN o.due_at END, n.due_at),
        lease_until = NULL, sent_at = o.sent_at, provider_message_id = o.provider_message_id,
        error = o.error, failure_class = o.failure_class, sender_silent = false
      FROM (
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::timestamptz[],
            $6::timestamptz[], $7::text[], $8::text[], $9::text[])
          AS o (school_id, id, attempt, status, due_at, sent_at, provider_message_id, error,
            failure_class)
        ORDER BY school_id, id
      ) o
      WHERE n.school_id = o.school_id AND n.id = o.id
        AND n.status IN ('SENDING', 'UNKNOWN') AND n.attempt = o.attempt
      RETURNING n.recalled
      """
          .replace("{RESUMED}", RESUMED);

  /** A sender that claimed until before $1 fell silent: the provider's word is awaited until $2. */
  static final String RELEASE =
      """
      WITH silent AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'SENDING' AND lease_until <= $1
        ORDER BY school_id, id
        FOR UPDATE SKIP LOCKED
      )
      UPDATE notification n
      SET status = 'UNKNOWN', due_at = $2, lease_until = NULL, failure_class = 'UNKNOWN',
        error = 'the sender fell silent', sender_silent = true
      FROM silent
      WHERE n.school_id = silent.school_id AND n.id = silent.id
      """;

  /**
   * What is to be explained before $1 may be until then: for part of its time perhaps nobody was
   * there to be told, and the provider repeats what nobody took, after pauses.
   */
  static final String BE_PATIENT_AGAIN =
      """
      WITH unheard AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'UNKNOWN' AND due_at < $1
        ORDER BY school_id, id
        FOR UPDATE SKIP LOCKED
      )
      UPDATE notification n
      SET due_at = $1
      FROM unheard
      WHERE n.school_id = unheard.school_id AND n.id = unheard.id
      """;

  /**
   * Ends what may have been told twice already, or is recalled, and was not explained by $1; and
   * what waited too long, entries and exits since before $2: nobody wants yesterday's news. What
   * nobody explained is as old as the message: the patience with it may have been given again.
   */
  static final String GIVE_UP =
      """
      WITH doubtful AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'UNKNOWN' AND due_at <= $1
          AND (in_doubt AND NOT {SILENT} OR recalled
            OR (cause IN ('ENTRY', 'EXIT') AND created_at < $2) OR expires_at <= $1)
        ORDER BY school_id, id
        FOR UPDATE SKIP LOCKED
      ), stale AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'QUEUED' AND channel IN ('WHATSAPP', 'EMAIL') AND lane = 0 AND due_at < $2
          AND cause IN ('ENTRY', 'EXIT')
        ORDER BY school_id, id
        FOR UPDATE SKIP LOCKED
      ), expired AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'QUEUED' AND expires_at IS NOT NULL AND expires_at <= $1
        ORDER BY school_id, id
        FOR UPDATE SKIP LOCKED
      ), forgotten AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'PARKED' AND expires_at IS NOT NULL AND expires_at <= $1
        ORDER BY school_id, id
        FOR UPDATE SKIP LOCKED
      ), past AS MATERIALIZED (
        SELECT school_id, id
        FROM notification
        WHERE status = 'PARKED' AND failure_class IS DISTINCT FROM 'USER_CAP' AND lane = 0
          AND created_at < $2 AND cause IN ('ENTRY', 'EXIT')
          AND (expires_at IS NULL OR expires_at > $1)
        ORDER BY school_id, id
        FOR UPDATE SKIP LOCKED
      )
      UPDATE notification n
      SET status = 'FAILED', in_doubt = n.in_doubt OR n.status = 'UNKNOWN',
        failure_class = CASE n.status WHEN 'UNKNOWN' THEN 'UNKNOWN' ELSE 'STALE' END,
        error = CASE n.status WHEN 'UNKNOWN' THEN 'outcome unknown' ELSE 'no longer news' END
      FROM (SELECT * FROM doubtful UNION ALL SELECT * FROM stale UNION ALL SELECT * FROM expired
        UNION ALL SELECT * FROM forgotten UNION ALL SELECT * FROM past) ended
      WHERE n.school_id = ended.school_id AND n.id = ended.id
      RETURNING n.id
      """
          .replace("{SILENT}", SILENT);

  /**
   * Queues, up to $1 at a time and alerts first, what is parked although nothing is paused any
   * more. {@code due_at} stays: it says how long the news have waited.
   */
  static final String UNPARK =
      """
      WITH resumed AS MATERIALIZED (
        SELECT n.school_id, n.id
        FROM notification n
        WHERE n.status = 'PARKED' AND n.failure_class IS DISTINCT FROM 'USER_CAP' AND NOT EXISTS (
          SELECT FROM sending_pause p
          WHERE p.channel = n.channel
            AND (p.scope <> 'TEMPLATE' OR p.subject = n.template || '/' || n.language))
        ORDER BY n.lane, n.created_at
        LIMIT $1
        FOR UPDATE OF n SKIP LOCKED
      )
      UPDATE notification n
      SET status = 'QUEUED'
      FROM resumed
      WHERE n.school_id = resumed.school_id AND n.id = resumed.id
      """;

  static final String PAUSE =
      """
      INSERT INTO sending_pause (channel, scope, subject, code, detail, since)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT DO NOTHING
      """;

  static final String PAUSES = "SELECT channel, scope, subject FROM sending_pause";

  private SendingSql() {}
}
