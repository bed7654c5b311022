package porteria.broadcast;

import porteria.outbox.Suppressions;

/**
 * The statements of a preview. $1 is the school, $2 the broadcast, $3 the course or null, $4 the
 * channels, $5 the type whose choice of channels applies, $6 since when whoever was told the same
 * is not told it again.
 */
final class FreezeSql {

  /**
   * For the transaction of a preview: everybody at once, so each table is read once, whatever the
   * statistics say of a school that was loaded a minute ago.
   */
  static final String PLAN_FOR_ALL = "SELECT set_config('enable_nestloop', 'off', true)";

  static final String ZONE = "SELECT timezone FROM school WHERE id = $1";

  static final String COURSE = "SELECT FROM course WHERE school_id = $1 AND id = $2";

  static final String EXCEPTION =
      """
      SELECT course_id, date, in_time, out_time, closed, reason
      FROM schedule_exception
      WHERE school_id = $1 AND id = $2
      """;

  static final String INSERT =
      """
      INSERT INTO broadcast (school_id, type, scope, course_id, exception_id, facts, status,
        recipients, created_by, created_at, expires_at, news_until)
      VALUES ($1, $2, CASE WHEN $3::uuid IS NULL THEN 'GLOBAL' ELSE 'COURSE' END, $3, $4, $5,
        'PREVIEW', 0, $6, $7, $8, $9)
      RETURNING id
      """;

  private static final String CONCERNED =
      """
      WITH pupil AS MATERIALIZED (
        SELECT p.id FROM student p
        WHERE p.school_id = $1 AND p.inactive_since IS NULL
          AND ($3::uuid IS NULL OR p.course_id = $3)
      ), family AS MATERIALIZED (
        SELECT g.id AS guardian_id, g.language, g.notification_prefs,
          array_agg(sg.student_id) AS students
        FROM pupil
        JOIN student_guardian sg ON sg.school_id = $1 AND sg.student_id = pupil.id
        JOIN guardian g ON g.school_id = $1 AND g.id = sg.guardian_id AND g.inactive_since IS NULL
        GROUP BY g.school_id, g.id
      ), choice AS MATERIALIZED (
        SELECT f.guardian_id, f.language, f.students, c.id, c.channel, c.address, c.verified,
          f.notification_prefs -> $5::text ? c.channel AS chosen, {WRITTEN_TO} AS written_to
        FROM family f
        JOIN guardian_contact c ON c.school_id = $1 AND c.guardian_id = f.guardian_id
          AND c.channel = ANY ($4::text[])
      ), reached AS MATERIALIZED (
        SELECT DISTINCT ON (guardian_id) guardian_id, language, students, channel, address
        FROM choice
        WHERE chosen AND written_to
        ORDER BY guardian_id, channel = 'WHATSAPP' DESC, verified DESC, id
      ), earlier AS MATERIALIZED (
        SELECT n.guardian_id, n.channel, lower(n.address) AS address,
          n.payload -> 'students' AS students
        FROM notification n
        WHERE n.school_id = $1 AND n.cause = 'BROADCAST'
          AND n.status IN ('SENT', 'DELIVERED', 'READ')
          AND coalesce(n.sent_at, n.created_at) > $6::timestamptz
          AND n.cause_id = ANY (ARRAY(
            SELECT stopped.id
            FROM broadcast one, broadcast stopped
            WHERE one.school_id = $1 AND one.id = $2 AND stopped.school_id = $1
              AND stopped.status = 'CANCELLED' AND stopped.corrects IS NULL
              AND stopped.type = one.type AND stopped.facts = one.facts
              AND NOT EXISTS (
                SELECT FROM broadcast taken_back
                WHERE taken_back.school_id = $1 AND taken_back.corrects = stopped.id
                  AND taken_back.status <> 'CANCELLED')))
      ), aware AS MATERIALIZED (
        SELECT r.guardian_id FROM reached r
        JOIN earlier e ON e.guardian_id = r.guardian_id AND to_jsonb(r.students) <@ e.students
        JOIN guardian_contact c ON c.school_id = $1 AND c.guardian_id = r.guardian_id
          AND c.channel = e.channel AND lower(c.address) = e.address
        UNION
        SELECT r.guardian_id FROM reached r
        JOIN earlier e ON e.channel = r.channel AND e.address = lower(r.address)
          AND to_jsonb(r.students) <@ e.students
      ), untold AS MATERIALIZED (
        SELECT * FROM reached WHERE guardian_id NOT IN (SELECT guardian_id FROM aware)
      )
      """
          .replace("{WRITTEN_TO}", Suppressions.wanted("c"));

  /**
   * Each guardian at the one address they would be told at; each address once. Whoever was told the
   * same of all their children, at an address they still have, by a broadcast that was stopped, and
   * not taken back, knows it. Whom a provider may not have taken it for hears it again: rather
   * twice than never.
   */
  static final String FREEZE =
      CONCERNED
          + """
          , named AS MATERIALIZED (
            SELECT r.channel, lower(r.address) AS address, array_agg(DISTINCT s.id) AS students
            FROM untold r, unnest(r.students) AS s (id)
            GROUP BY r.channel, lower(r.address)
          ), frozen AS (
            INSERT INTO broadcast_recipient (school_id, broadcast_id, guardian_id, channel, address,
              language, students)
            SELECT DISTINCT ON (r.channel, lower(r.address))
              $1::uuid, $2::uuid, r.guardian_id, r.channel, r.address, r.language, n.students
            FROM untold r
            JOIN named n ON n.channel = r.channel AND n.address = lower(r.address)
            ORDER BY r.channel, lower(r.address), r.guardian_id
            RETURNING 1
          )
          UPDATE broadcast SET recipients = (SELECT count(*) FROM frozen)
          WHERE school_id = $1 AND id = $2
          RETURNING recipients
          """;

  static final String BY_CHANNEL =
      """
      SELECT channel, count(*)::int AS count FROM broadcast_recipient
      WHERE school_id = $1 AND broadcast_id = $2
      GROUP BY channel
      """;

  static final String UNREACHABLE =
      CONCERNED
          + """
          , told AS MATERIALIZED (
            SELECT DISTINCT unnest(students) AS id FROM broadcast_recipient
            WHERE school_id = $1 AND broadcast_id = $2
            UNION
            SELECT unnest(r.students) FROM reached r JOIN aware a ON a.guardian_id = r.guardian_id
          )
          SELECT CASE
              WHEN count(c.guardian_id) = 0 THEN 'NO_CONTACT'
              WHEN bool_or(c.chosen) THEN 'SUPPRESSED'
              ELSE 'NOT_WANTED' END AS reason,
            1 AS count
          FROM family f
          LEFT JOIN choice c ON c.guardian_id = f.guardian_id
          GROUP BY f.guardian_id
          HAVING NOT coalesce(bool_or(c.chosen AND c.written_to), false)
          UNION ALL
          SELECT 'NO_GUARDIAN', count(*)::int FROM pupil
          WHERE id NOT IN (SELECT unnest(students) FROM family)
          UNION ALL
          SELECT 'ALREADY_TOLD', count(*)::int FROM aware
          UNION ALL
          SELECT 'STUDENTS', count(*)::int FROM pupil
          UNION ALL
          SELECT 'UNTOLD', count(*)::int FROM pupil WHERE id NOT IN (SELECT id FROM told)
          """;

  /** What the first family of each language would read of. */
  static final String SAMPLE =
      """
      WITH one AS (
        SELECT DISTINCT ON (language) language, students FROM broadcast_recipient
        WHERE school_id = $1 AND broadcast_id = $2
        ORDER BY language, guardian_id
      )
      SELECT one.language, s.name AS school, coalesce((
          SELECT jsonb_agg(p.full_name ORDER BY p.full_name) FROM student p
          WHERE p.school_id = $1 AND p.id = ANY (one.students)), '[]') AS children
      FROM one
      JOIN school s ON s.id = $1
      """;

  private FreezeSql() {}
}
