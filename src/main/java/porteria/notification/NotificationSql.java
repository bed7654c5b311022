package porteria.notification;

import porteria.outbox.Announcements;
import porteria.outbox.Suppressions;

/**
 * The statements of sending. Every time is a parameter: the database's clock decides nothing. They
 * are planned as {@link SendingConnection} says: joined in the order written, by index.
 */
final class NotificationSql {

  /**
   * Turns up to $2 announcements into notifications that are due at $1, and says how many
   * announcements it took and by which channels they go. $3 to $6 say for each cause which cause it
   * corrects, whose preferences apply and which template tells it. A correction waits for what it
   * corrects to be no longer under way; an entry or exit that was annulled before it was announced,
   * or happened before $7 and so is no longer news, is dropped. A correction goes where its mistake
   * went, unless nobody who answers for the pupil has that address any more. So is the alarm of a
   * pupil whom a scan has meanwhile shown to be there or whose day at school is over, and a
   * correction that no scan proves any more. Nothing goes to an address that is not written to: the
   * next one that was chosen takes its place.
   */
  static final String EXPAND =
      """
      WITH kind AS (
        SELECT * FROM unnest($3::text[], $4::text[], $5::text[], $6::text[])
          AS k (cause, corrects, type, template)
      ), taken AS MATERIALIZED (
        SELECT a.school_id, a.cause_id, a.cause, a.student_id
        FROM announcement a
        WHERE a.cause IN ('ENTRY', 'EXIT', 'NO_SHOW', 'NO_SHOW_GATE_OFFLINE')
          OR NOT EXISTS (
            SELECT FROM notification n
            WHERE n.school_id = a.school_id AND n.cause_id = a.cause_id AND n.status = 'SENDING')
        ORDER BY a.cause_id
        LIMIT $2
        FOR UPDATE OF a SKIP LOCKED
      ), gone AS (
        DELETE FROM announcement a
        USING taken t
        WHERE a.school_id = t.school_id AND a.cause_id = t.cause_id AND a.cause = t.cause
      ), news AS (
        SELECT t.school_id, t.cause_id, t.cause, t.student_id, k.type, k.template,
          e.occurred_at AS at, gate.name AS gate, NULL AS entry,
          NULL::timestamptz AS expires_at
        FROM taken t
        JOIN kind k ON k.cause = t.cause AND k.corrects IS NULL
        JOIN attendance_event e
          ON e.school_id = t.school_id AND e.id = t.cause_id AND e.annulled_at IS NULL
            AND e.occurred_at >= $7
        JOIN gate ON gate.school_id = t.school_id AND gate.id = e.gate_id
        UNION ALL
        SELECT t.school_id, t.cause_id, t.cause, t.student_id, k.type, k.template,
          missing.cut_off, NULL, to_char(missing.in_time, 'HH24:MI'), missing.until
        FROM taken t
        JOIN kind k ON k.cause = t.cause AND k.corrects IS NULL
        JOIN no_show missing ON missing.school_id = t.school_id AND missing.id = t.cause_id
        JOIN school s ON s.id = t.school_id
        WHERE missing.until > $1 AND NOT EXISTS (
          SELECT FROM attendance_event e
          WHERE {SEEN_THAT_DAY})
      ), reached AS (
        SELECT t.school_id, t.cause_id, t.cause, t.student_id, t.type, t.template,
          g.id AS guardian_id, g.language, c.channel, c.address, t.expires_at,
          jsonb_strip_nulls(jsonb_build_object('student', p.full_name, 'gate', t.gate,
            'entry', t.entry, 'school', s.name,
            'day', to_char(t.at AT TIME ZONE s.timezone, 'YYYY-MM-DD'),
            'time', to_char(t.at AT TIME ZONE s.timezone, 'HH24:MI'))) AS payload
        FROM news t
        JOIN school s ON s.id = t.school_id
        JOIN student p ON p.school_id = t.school_id AND p.id = t.student_id
        JOIN student_guardian sg ON sg.school_id = t.school_id AND sg.student_id = t.student_id
        JOIN guardian g ON g.school_id = t.school_id AND g.id = sg.guardian_id
          AND g.inactive_since IS NULL
        JOIN LATERAL (
          SELECT contact.channel, contact.address
          FROM guardian_contact contact
          WHERE contact.school_id = t.school_id AND contact.guardian_id = g.id
            AND g.notification_prefs -> t.type ? contact.channel
            AND {WANTED_CONTACT}
          ORDER BY contact.channel = 'WHATSAPP' DESC, contact.verified DESC, contact.id
          LIMIT 1
        ) c ON true
      ), owed AS (
        (SELECT DISTINCT ON (school_id, cause_id, cause, channel, lower(address)) *
         FROM reached
         ORDER BY school_id, cause_id, cause, channel, lower(address), guardian_id)
        UNION ALL
        SELECT t.school_id, t.cause_id, t.cause, t.student_id, k.type, k.template,
          n.guardian_id, n.language, n.channel, n.address, NULL,
          n.payload || coalesce(proof.payload, '{}') AS payload
        FROM taken t
        JOIN kind k ON k.cause = t.cause AND k.corrects IS NOT NULL
        JOIN notification n
          ON n.school_id = t.school_id AND n.cause_id = t.cause_id AND n.cause = k.corrects
        LEFT JOIN LATERAL (
          SELECT jsonb_build_object('gate', gate.name,
            'time', to_char(e.occurred_at AT TIME ZONE s.timezone, 'HH24:MI')) AS payload
          FROM no_show missing
          JOIN school s ON s.id = missing.school_id
          JOIN attendance_event e ON {SEEN_THAT_DAY}
          JOIN gate ON gate.school_id = e.school_id AND gate.id = e.gate_id
          WHERE t.cause = 'ARRIVED' AND missing.school_id = t.school_id AND missing.id = t.cause_id
          ORDER BY e.occurred_at
          LIMIT 1
        ) proof ON true
        WHERE (n.status IN ('SENT', 'DELIVERED', 'READ', 'UNKNOWN') OR n.in_doubt)
          AND {WANTED_MESSAGE}
          AND EXISTS (
            SELECT FROM student_guardian sg
            JOIN guardian g ON g.school_id = sg.school_id AND g.id = sg.guardian_id
              AND g.inactive_since IS NULL
            JOIN guardian_contact contact ON contact.school_id = g.school_id
              AND contact.guardian_id = g.id
            WHERE sg.school_id = n.school_id AND sg.student_id = n.student_id
              AND contact.channel = n.channel AND lower(contact.address) = lower(n.address))
          AND (t.cause <> 'ARRIVED' OR proof.payload IS NOT NULL)
      ), queued AS (
        INSERT INTO notification (school_id, cause_id, cause, student_id, guardian_id, type,
          channel, address, template, language, payload, lane, status, due_at, created_at,
          expires_at)
        SELECT school_id, cause_id, cause, student_id, guardian_id, type,
          channel, address, template, language, payload, 0, 'QUEUED', $1, $1, expires_at
        FROM owed
        ON CONFLICT DO NOTHING
      )
      SELECT count(*)::int AS taken,
        coalesce((SELECT array_agg(DISTINCT channel) FROM owed), '{}') AS channels
      FROM taken
      """
          .replace("{SEEN_THAT_DAY}", Announcements.SEEN_THAT_DAY)
          .replace("{WANTED_CONTACT}", Suppressions.wanted("contact"))
          .replace("{WANTED_MESSAGE}", Suppressions.wanted("n"));

  private NotificationSql() {}
}
