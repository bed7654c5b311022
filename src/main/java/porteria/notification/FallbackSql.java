package porteria.notification;

import porteria.outbox.Broadcasts;
import porteria.outbox.Suppressions;

/** The mail that stands in for a WhatsApp message. */
final class FallbackSql {

  /**
   * Owes at $1 a mail for each WhatsApp message that failed or is parked, was sent by $3 and has
   * not reached the phone, or is an alert that has waited since before $4; up to 500 of each, and
   * only while it is news: since $2. Whoever has that phone and wants the news by mail too gets it;
   * an answer that nobody may choose goes to whom it is for. A link is sent where it was asked for
   * and nowhere else. What still waits and every reader of it got the mail is cancelled. Alerts
   * come first, however many messages of a broadcast failed before them.
   *
   * <p>A guardian gets one mail of a cause. Of a broadcast they may read several messages, at
   * phones that they share with others, and these may fail at different times and name different
   * pupils. So their one mail names all their pupils whom the broadcast concerns; another mail of
   * it to the same mailbox is enough where it names those of the message.
   */
  static final String STAND_IN =
      """
      WITH untold AS MATERIALIZED (
        SELECT {MESSAGE}
        FROM notification
        WHERE channel = 'WHATSAPP' AND status IN ('FAILED', 'PARKED') AND fallback_at IS NULL
          AND created_at > $2
        ORDER BY lane, created_at
        LIMIT 500
        FOR UPDATE SKIP LOCKED
      ), undelivered AS MATERIALIZED (
        SELECT {MESSAGE}
        FROM notification
        WHERE channel = 'WHATSAPP' AND status = 'SENT' AND fallback_at IS NULL
          AND sent_at <= $3 AND sent_at > $2
        ORDER BY lane, sent_at
        LIMIT 500
        FOR UPDATE SKIP LOCKED
      ), waiting AS MATERIALIZED (
        SELECT {MESSAGE}
        FROM notification
        WHERE channel = 'WHATSAPP' AND status = 'QUEUED' AND lane = 0 AND fallback_at IS NULL
          AND created_at <= $4 AND created_at > $2
        ORDER BY created_at
        LIMIT 500
        FOR UPDATE SKIP LOCKED
      ), late AS MATERIALIZED (
        SELECT {MESSAGE} FROM untold
        UNION ALL SELECT {MESSAGE} FROM undelivered
        UNION ALL SELECT {MESSAGE} FROM waiting
      ), reader AS MATERIALIZED (
        SELECT l.school_id, l.id, g.id AS guardian_id, g.language, mail.address
        FROM late l
        CROSS JOIN LATERAL (
          SELECT l.guardian_id AS id
          UNION
          SELECT sg.guardian_id
          FROM student_guardian sg
          JOIN guardian_contact phone ON phone.school_id = sg.school_id
            AND phone.guardian_id = sg.guardian_id AND phone.channel = 'WHATSAPP'
            AND lower(phone.address) = lower(l.address)
          WHERE l.type IS NOT NULL AND sg.school_id = l.school_id AND sg.student_id = l.student_id
          UNION
          SELECT sg.guardian_id
          FROM guardian_contact phone
          JOIN student_guardian sg ON sg.school_id = phone.school_id
            AND sg.guardian_id = phone.guardian_id
          WHERE {BROADCAST} AND phone.school_id = l.school_id AND phone.channel = 'WHATSAPP'
            AND lower(phone.address) = lower(l.address) AND {NAMES}
        ) one
        JOIN guardian g ON g.school_id = l.school_id AND g.id = one.id AND g.inactive_since IS NULL
        LEFT JOIN LATERAL (
          SELECT contact.address
          FROM guardian_contact contact
          WHERE contact.school_id = g.school_id AND contact.guardian_id = g.id
            AND contact.channel = 'EMAIL'
            AND (l.type IS NULL OR g.notification_prefs -> l.type ? 'EMAIL')
            AND {WANTED}
          ORDER BY contact.verified DESC, contact.id
          LIMIT 1
        ) mail ON true
        WHERE NOT l.recalled AND l.cause <> 'MAGIC_LINK'
          AND (l.expires_at IS NULL OR l.expires_at > $1)
          AND CASE WHEN {BROADCAST} THEN EXISTS (
              SELECT FROM student_guardian sg
              WHERE sg.school_id = g.school_id AND sg.guardian_id = g.id AND {NAMES})
            ELSE l.student_id IS NULL OR EXISTS (
              SELECT FROM student_guardian sg
              WHERE sg.school_id = l.school_id AND sg.student_id = l.student_id
                AND sg.guardian_id = g.id) END
      ), reading AS MATERIALIZED (
        SELECT r.school_id, r.id, r.guardian_id, r.language, r.address, own.students, own.told
        FROM reader r
        JOIN late l ON l.school_id = r.school_id AND l.id = r.id
        CROSS JOIN LATERAL (
          SELECT jsonb_agg(p.id ORDER BY p.id) AS students,
            jsonb_agg(p.id) FILTER (WHERE {NAMES}) AS told
          FROM broadcast b
          JOIN student_guardian sg ON sg.school_id = r.school_id AND sg.guardian_id = r.guardian_id
          JOIN student p ON p.school_id = sg.school_id AND p.id = sg.student_id
            AND p.inactive_since IS NULL
          WHERE {BROADCAST} AND b.school_id = l.school_id AND b.id = l.cause_id
            AND (b.course_id IS NULL OR p.course_id = b.course_id OR {NAMES})
        ) own
      ), owed AS (
        INSERT INTO notification (school_id, cause_id, cause, student_id, guardian_id, type,
          channel, address, template, language, payload, lane, status, due_at, created_at,
          expires_at)
        SELECT DISTINCT ON (l.school_id, l.cause_id, l.cause, lower(r.address), r.students)
          l.school_id, l.cause_id, l.cause, l.student_id, r.guardian_id, l.type,
          'EMAIL', r.address, l.template, r.language,
          CASE WHEN {BROADCAST} THEN l.payload || jsonb_build_object('students', r.students)
            ELSE l.payload END,
          l.lane, 'QUEUED', $1, $1, l.expires_at
        FROM reading r
        JOIN late l ON l.school_id = r.school_id AND l.id = r.id
        WHERE r.address IS NOT NULL AND (r.told IS NOT NULL OR NOT {BROADCAST}) AND NOT EXISTS (
          SELECT FROM notification other
          WHERE other.cause_id = l.cause_id AND other.cause = l.cause
            AND other.school_id = l.school_id AND other.channel = 'EMAIL'
            AND lower(other.address) = lower(r.address) AND {OTHER_TELLS}
            AND other.status NOT IN ('FAILED', 'CANCELLED'))
        ORDER BY l.school_id, l.cause_id, l.cause, lower(r.address), r.students,
          r.guardian_id
        ON CONFLICT DO NOTHING
        RETURNING school_id, cause_id, cause, address, payload
      ), looked AS (
        UPDATE notification n
        SET fallback_at = $1,
          status = CASE WHEN n.status IN ('QUEUED', 'PARKED') AND EXISTS (
              SELECT FROM reading r WHERE r.school_id = n.school_id AND r.id = n.id
            ) AND NOT EXISTS (
              SELECT FROM reading r
              WHERE r.school_id = n.school_id AND r.id = n.id AND NOT EXISTS (
                SELECT FROM owed o
                WHERE o.school_id = l.school_id AND o.cause_id = l.cause_id AND o.cause = l.cause
                  AND lower(o.address) = lower(r.address) AND {OWED_TELLS}
                UNION ALL
                SELECT FROM notification mail
                WHERE mail.cause_id = l.cause_id AND mail.cause = l.cause
                  AND mail.school_id = l.school_id AND mail.channel = 'EMAIL'
                  AND lower(mail.address) = lower(r.address) AND {MAIL_TELLS}
                  AND mail.status NOT IN ('FAILED', 'CANCELLED'))
            ) THEN 'CANCELLED' ELSE n.status END
        FROM late l
        WHERE n.school_id = l.school_id AND n.id = l.id
      )
      SELECT count(*) AS owed FROM owed
      """
          .replace("{OTHER_TELLS}", tells("other"))
          .replace("{OWED_TELLS}", tells("o"))
          .replace("{MAIL_TELLS}", tells("mail"))
          .replace("{WANTED}", Suppressions.wanted("contact"))
          .replace("{BROADCAST}", Broadcasts.isOne("l"))
          .replace("{NAMES}", Broadcasts.names("l"))
          .replace(
              "{MESSAGE}",
              "school_id, id, cause_id, cause, student_id, guardian_id, type, address, template,"
                  + "payload, lane, recalled, expires_at");

  private FallbackSql() {}

  /** A mail of a broadcast tells of the pupils it names, of whom those of its reader count. */
  private static String tells(String mail) {
    return "(NOT {BROADCAST} OR ({mail}.payload -> 'students') @> r.told)".replace("{mail}", mail);
  }
}
